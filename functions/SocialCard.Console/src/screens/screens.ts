import type { Icon } from '../parts/icons';
import type { Call } from '../session';
import type { Key } from '../words/words';

/** A screen: its place in the menu, the call without which there is nothing on it, and its code, which is fetched when it is opened. */
export type ScreenPlace = {
  name: string;
  word: Key;
  icon: Icon;
  /** The call that fills it; null where the page itself does. */
  needs: Call | null;
  /** Only where the service's clock can be moved. */
  movableClock?: boolean;
  /** Not in the menu: one gets there from elsewhere. */
  hidden?: boolean;
  load: () => Promise<unknown>;
};

export const groups: { word: Key; screens: ScreenPlace[] }[] = [
  {
    word: 'groupCounter',
    screens: [
      { name: 'find', word: 'find', icon: 'find', needs: 'getCard', load: () => import('./find') },
      { name: 'card', word: 'card', icon: 'find', needs: 'getCard', hidden: true, load: () => import('./card') },
      { name: 'work', word: 'work', icon: 'work', needs: 'getWorkItems', load: () => import('./work') },
    ],
  },
  {
    word: 'groupRunning',
    screens: [
      { name: 'workflows', word: 'workflows', icon: 'workflows', needs: 'getWorkflows', load: () => import('./workflows') },
      { name: 'due', word: 'due', icon: 'due', needs: 'getDue', load: () => import('./due') },
      { name: 'queues', word: 'queues', icon: 'queues', needs: 'getQueues', load: () => import('./queues') },
      { name: 'webhooks', word: 'webhooks', icon: 'webhooks', needs: 'getWebhookDeliveries', load: () => import('./webhooks') },
      { name: 'escalations', word: 'escalations', icon: 'escalations', needs: 'getEscalations', load: () => import('./escalations') },
    ],
  },
  {
    word: 'groupManagement',
    screens: [
      { name: 'regions', word: 'regions', icon: 'regions', needs: 'getRegionRules', load: () => import('./regions') },
      { name: 'partners', word: 'partners', icon: 'partners', needs: 'getPartners', load: () => import('./partners') },
      {
        name: 'statistics', word: 'statistics', icon: 'statistics', needs: 'getStatistics',
        load: () => Promise.all([import('./statistics'), import('../parts/chart')]),
      },
    ],
  },
  {
    word: 'groupTools',
    screens: [
      { name: 'clock', word: 'clock', icon: 'clock', needs: null, movableClock: true, load: () => import('./clock') },
      { name: 'integrate', word: 'integrate', icon: 'integrate', needs: null, load: () => import('./integrate') },
    ],
  },
];
