import { svg, html, type TemplateResult } from 'lit';

// Drawn on a field of 20 by 20, in the colour of the text.
const shapes = {
  find: svg`<circle cx="9" cy="9" r="5.5"/><path d="m13.2 13.2 4 4"/>`,
  work: svg`<path d="M7 5h10M7 10h10M7 15h10M3 5h.01M3 10h.01M3 15h.01"/>`,
  workflows: svg`
    <circle cx="5" cy="5" r="2"/><circle cx="15" cy="10" r="2"/><circle cx="5" cy="15" r="2"/>
    <path d="M7 5h3a3 3 0 0 1 3 3M7 15h3a3 3 0 0 0 3-3"/>`,
  due: svg`<rect x="3" y="4.5" width="14" height="12.5" rx="2"/><path d="M3 8.5h14M7 2.5v4M13 2.5v4"/>`,
  queues: svg`<path d="M3 6.5 10 3l7 3.5L10 10zM3 10l7 3.5 7-3.5M3 13.5 10 17l7-3.5"/>`,
  webhooks: svg`<path d="M8 6H4.5v10H15v-3.5M9 11l7.5-7.5M11.5 3.5h5v5"/>`,
  escalations: svg`<path d="M10 3 2.5 16.5h15zM10 8v4M10 14.3h.01"/>`,
  regions: svg`
    <path d="M10 17.5s5.5-4.7 5.5-9.2a5.5 5.5 0 0 0-11 0c0 4.5 5.5 9.2 5.5 9.2z"/><circle cx="10" cy="8.3" r="2"/>`,
  partners: svg`
    <circle cx="7" cy="7" r="3"/>
    <path d="M1.5 16.5c.5-3 2.5-4.5 5.5-4.5s5 1.5 5.5 4.5M13 4.3a3 3 0 0 1 0 5.4M14.5 12.3c2.2.4 3.6 1.8 4 4.2"/>`,
  statistics: svg`<path d="M3 17h14M5.5 14V9M10 14V4M14.5 14v-7"/>`,
  clock: svg`<circle cx="10" cy="10" r="7"/><path d="M10 6v4.3l3 1.7"/>`,
  integrate: svg`<path d="m7 6-4 4 4 4M13 6l4 4-4 4M11.5 4l-3 12"/>`,
  menu: svg`<path d="M3 5.5h14M3 10h14M3 14.5h14"/>`,
  check: svg`<path d="m4 10.5 4 4 8-9"/>`,
  broken: svg`<path d="m5 5 10 10M15 5 5 15"/>`,
  close: svg`<path d="m5 5 10 10M15 5 5 15"/>`,
  out: svg`<path d="M8 3.5H4v13h4M12.5 6.5 16 10l-3.5 3.5M7.5 10H16"/>`,
};

export type Icon = keyof typeof shapes;

/** A picture beside words; it says nothing that they do not. */
export function icon(name: Icon): TemplateResult {
  return html`<svg class="icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false">${shapes[name]}</svg>`;
}
