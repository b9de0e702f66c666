import { html, nothing } from 'lit';
import { answer, api, once, type Schema } from '../api/client';
import { Live } from '../api/live';
import { carryOut, type Command } from '../parts/command';
import { Screen } from '../parts/page';
import { badge, empty, heading, live, panel, table, type Column } from '../parts/show';
import { linkTo } from '../router';
import { ago, count } from '../words/format';
import { nameOf, t } from '../words/words';
import { Timeline, timelinePanel } from './timeline';

type Queue = Schema['QueueView'];
type Message = Schema['PoisonMessageView'];
type Opened = { messages: Schema['PoisonMessagesView']; timeline: Timeline };

/** The queues, and of one that is opened what could not be processed: looked at, sent back, thrown away. */
class Queues extends Screen {
  #timeline: Timeline | undefined;
  readonly #queues = new Live(this, () => answer(api.GET('/operations/queues')));
  readonly #poison = new Live(this, () => this.#read());

  protected override render(): unknown {
    return html`
      ${heading(t('queues'), t('queuesAbout'))}
      <section class="panel">${live(this.#queues, (view) => table(t('queues'), this.#columns(), view.items, t('noQueues')))}</section>
      ${this.about ? live(this.#poison, (opened) => this.#opened(opened)) : nothing}`;
  }

  #columns(): Column<Queue>[] {
    return [
      { head: t('queue'), cell: (queue) => html`<strong>${nameOf('queue', queue.name)}</strong> <code>${queue.name}</code>` },
      { head: t('depth'), cell: (queue) => count(queue.depth), kind: 'number' },
      { head: t('oldest'), cell: (queue) => (queue.oldestAt ? this.#age(queue.oldestAt) : '—') },
      { head: t('poison'), cell: (queue) => this.#poisonOf(queue) },
      { head: t('oldestPoison'), cell: (queue) => (queue.poison?.oldestAt ? this.#age(queue.poison.oldestAt) : '—') },
    ];
  }

  // By the storage's clock, which nobody moves.
  #age(instant: string): unknown {
    return html`<time datetime=${instant}>${ago(instant, Date.now())}</time>`;
  }

  #poisonOf(queue: Queue): unknown {
    if (!queue.poison) return html`<span class="quiet">${t('readByOthers')}</span>`;
    const word = queue.poison.depth === 0 ? badge(t('none'), 'good') : badge(t('messages', { n: queue.poison.depth }), 'bad');
    return html`<a href=${linkTo('queues', queue.name)} aria-current=${queue.name === this.about ? 'true' : nothing}>${word}</a>`;
  }

  #opened({ messages, timeline }: Opened): unknown {
    const all = messages.items.length > 0
      ? html`<button @click=${() => this.#carryOut(this.#returnAll(messages.depth))}>${t('returnAll')}</button>` : nothing;
    return html`
      ${panel(t('poisonOf', { queue: nameOf('queue', this.about) }), messages.items.length === 0 ? empty(t('noPoison')) : html`
        <ul class="messages">${messages.items.map((message) => this.#message(message))}</ul>`, all)}
      ${timelinePanel(timeline)}`;
  }

  #message(message: Message): unknown {
    return html`
      <li>
        <div class="line">
          ${badge(nameOf('messageForm', message.form), message.form === 'json' ? 'plain' : 'bad')}
          <span class="grow">${message.insertedAt ? this.#age(message.insertedAt) : nothing}
            <small>${t('bytes', { n: message.bytes })} · <code>${message.id}</code></small></span>
          <button class="small main" @click=${() => this.#carryOut(this.#return(message))}>${t('return')}</button>
          <button class="small" @click=${() => this.#carryOut(this.#discard(message))}>${t('discard')}</button>
        </div>
        ${message.content == null ? nothing : html`<pre lang="en">${JSON.stringify(message.content, null, 2)}</pre>`}
      </li>`;
  }

  #return(message: Message): Command {
    return {
      title: t('return'), about: t('returnAbout'), done: t('returned'),
      run: (_, key) => answer(api.POST('/operations/queues/{queue}/poison/{messageId}/return', {
        params: { path: { queue: this.about, messageId: message.id }, header: once(key) },
      })),
    };
  }

  #returnAll(depth: number): Command {
    return {
      title: t('returnAll'), about: t('returnAllAbout', { n: depth }), done: t('returned'),
      run: (_, key) => answer(api.POST('/operations/queues/{queue}/poison/return', {
        params: { path: { queue: this.about }, header: once(key) },
      })),
    };
  }

  #discard(message: Message): Command {
    return {
      title: t('discard'), about: t('discardAbout'), done: t('discarded'), grave: true,
      fields: [{ name: 'reason', label: t('reason'), kind: 'area', hint: t('reasonHint') }],
      run: (values, key) => answer(api.POST('/operations/queues/{queue}/poison/{messageId}/discard', {
        params: { path: { queue: this.about, messageId: message.id }, header: once(key) }, body: { reason: values.reason! },
      })),
    };
  }

  async #carryOut(command: Command): Promise<void> {
    if (await carryOut(command)) await Promise.all([this.#queues.refresh(), this.#poison.refresh()]);
  }

  async #read(): Promise<Opened | undefined> {
    if (!this.about) return undefined;
    const path = { queue: this.about };
    const timeline = (this.#timeline ??= new Timeline((query) =>
      answer(api.GET('/operations/queues/{queue}/poison/timeline', { params: { path, query } }))));
    const [messages] = await Promise.all([
      answer(api.GET('/operations/queues/{queue}/poison', { params: { path } })),
      timeline.read(),
    ]);
    return { messages, timeline };
  }
}

customElements.define('sc-queues', Queues);
