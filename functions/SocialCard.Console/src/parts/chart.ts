import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import { init, use, type EChartsCoreOption, type EChartsType } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { html, type PropertyValues } from 'lit';
import { decimal } from '../words/format';
import { Part } from './page';

use([BarChart, LineChart, GridComponent, LegendComponent, TooltipComponent, CanvasRenderer]);

/** What is drawn in one colour; null where nothing is known. */
export type Series = { name: string; colour: string; values: readonly (number | null)[] };

export type ChartKind = 'area' | 'bar' | 'line';

const [ink, line] = ['#566472', '#dce2e8'];
const fontSize = 12;
const legendHeight = 36;

const isOther = (one: unknown, other: unknown): boolean => JSON.stringify(one) !== JSON.stringify(other);

/**
 * Values over periods, drawn. It is one picture with a name; what it shows stands in the table beside it. ECharts and this file are fetched
 * where a chart is shown, and nowhere else.
 */
class Chart extends Part {
  static override properties = {
    label: { type: String }, kind: { type: String },
    periods: { attribute: false, hasChanged: isOther }, series: { attribute: false, hasChanged: isOther },
  };

  declare label: string;
  declare kind: ChartKind;
  declare periods: readonly string[];
  declare series: readonly Series[];
  #drawn: EChartsType | undefined;
  readonly #size = new ResizeObserver(() => this.#drawn?.resize());

  constructor() {
    super();
    this.label = '';
    this.kind = 'line';
    this.periods = [];
    this.series = [];
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#size.disconnect();
    this.#drawn?.dispose();
    this.#drawn = undefined;
  }

  protected override render(): unknown {
    return html`<div class="chart" role="img" aria-label=${this.label}></div>`;
  }

  protected override updated(changed: PropertyValues): void {
    if (this.#drawn && changed.size === 0) return;
    if (!this.#drawn) {
      const place = this.querySelector<HTMLElement>('.chart')!;
      this.#drawn = init(place, null, { renderer: 'canvas' });
      this.#size.observe(place);
    }

    this.#drawn.setOption(this.#option(), { notMerge: true });
  }

  #option(): EChartsCoreOption {
    const hasLegend = this.series.length > 1;
    const told = (value: unknown): string => (typeof value === 'number' ? decimal(value) : '—');
    return {
      animation: false,
      textStyle: { fontFamily: getComputedStyle(this).fontFamily, fontSize },
      // The tip is drawn into the picture: the page's policy refuses HTML that is made of text.
      tooltip: { trigger: 'axis', renderMode: 'richText', confine: true, valueFormatter: told },
      legend: { show: hasLegend, bottom: 0, icon: 'roundRect', itemWidth: 12, itemHeight: 8, textStyle: { color: ink } },
      grid: { left: 4, right: 12, top: 12, bottom: hasLegend ? legendHeight : 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
      xAxis: {
        type: 'category', data: [...this.periods], boundaryGap: this.kind === 'bar',
        axisTick: { show: false }, axisLine: { lineStyle: { color: line } }, axisLabel: { color: ink, hideOverlap: true },
      },
      yAxis: {
        type: 'value', minInterval: this.kind === 'line' ? 0 : 1,
        axisLabel: { color: ink, formatter: told }, splitLine: { lineStyle: { color: line } },
      },
      series: this.series.map((one) => this.#series(one)),
    };
  }

  #series({ name, colour, values }: Series): object {
    const data = [...values];
    if (this.kind === 'bar') return { name, type: 'bar', data, stack: 'all', color: colour, barMaxWidth: 28 };
    const area = this.kind === 'area'
      ? { stack: 'all', areaStyle: { opacity: 0.55 }, showSymbol: false }
      : { connectNulls: true, symbolSize: 6 };
    return { name, type: 'line', data, color: colour, lineStyle: { width: 2 }, ...area };
  }
}

customElements.define('sc-chart', Chart);
