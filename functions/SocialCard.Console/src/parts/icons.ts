import { svg, html, type TemplateResult } from 'lit';

// Drawn on a field of 20 by 20, in the colour of the text.
const shapes = {
  find: svg`<circle cx="9" cy="9" r="5.5"/><path d="m13.2 13.2 4 4"/>`,
  work: svg`<path d="M7 5h10M7 10h10M7 15h10M3 5h.01M3 10h.01M3 15h.01"/>`,
  workflows: svg`<circle cx="5" cy="5" r="2"/><circle cx="15" cy="10" r="2"/><circle cx="5" cy="15" r="2"/><path d="M7 5h3a3 3 0 0 1 3 3M7 15h3a3 3 0 0 0 3-3"/>`,
  due: svg`<rect x="3" y="4.5" width="14" height="12.5" rx="2"/><path d="M3 8.5h14M7 2.5v4M13 2.5v4"/>`,
  queues: svg`<path d="M3 6.5 10 3l7 3.5L10 10zM3 10l7 3.5 7-3.5M3 13.5 10 17l7-3.5"/>`,
  webhooks: svg`<path d="M8 6H4.5v10H15v-3.500M9 11l7.500-7.500M11.500 3.500h5v5"/>`,
  escalations: svg`<path d="M10 3 2.500 16.500h15zM10 8v4M10 14.300h.01"/>`,
  regions: svg`<path d="M10 17.500s5.500-4.700 5.500-9.200a5.500 5.500 0 0 0-11 0c0 4.500 5.500 9.200 5.500 9.200z"/><circle cx="10" cy="8.300" r="2"/>`,
  partners: svg`<circle cx="7" cy="7" r="3"/><path d="M1.500 16.500c.5-3 2.500-4.500 5.500-4.500s5 1.500 5.500 4.500M13 4.300a3 3 0 0 1 0 5.400M14.500 12.300c2.200.4 3.600 1.800 4 4.200"/>`,
  statistics: svg`<path d="M3 17h14M5.500 14V9M10 14V4M14.500 14v-7"/>`,
  clock: svg`<circle cx="10" cy="10" r="7"/><path d="M10 6v4.300l3 1.700"/>`,
  integrate: svg`<path d="m7 6-4 4 4 4M13 6l4 4-4 4M11.500 4l-3 12"/>`,
  menu: svg`<path d="M3 5.500h14M3 10h14M3 14.500h14"/>`,
  check: svg`<path d="m4 10.500 4 4 8-9"/>`,
  broken: svg`<path d="m5 5 10 10M15 5 5 15"/>`,
  close: svg`<path d="m5 5 10 10M15 5 5 15"/>`,
  out: svg`<path d="M8 3.500H4v13h4M12.500 6.500 16 10l-3.500 3.500M7.500 10H16"/>`,
};

export type Icon = keyof typeof shapes;

/** A picture beside words; it says nothing that they do not. */
export function icon(name: Icon): TemplateResult {
  return html`<svg class="icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false">${shapes[name]}</svg>`;
}
