import { answer, api, once, type Schema } from '../api/client';
import { clock } from '../api/clock';
import type { Command, Field } from '../parts/command';
import { session, type Call } from '../session';
import { names } from '../words/glossary';
import { dayOf } from '../words/format';
import { nameOf, t } from '../words/words';

type Card = Schema['CardView'];
type Step = Schema['NextStep'];
type Named = keyof typeof names;

/** A thing that can be done with a card: the call that does it, and the command that asks for what it takes. */
type CardStep = { call: Call; command: (card: Card) => Command };

const choices = (kind: Named, values: readonly string[]): Pick<Field, 'kind' | 'choices' | 'value'> => ({
  kind: 'choice', choices: values.map((value) => [value, nameOf(kind, value)] as const), value: values[0],
});

const idNumber = (): Field => ({ name: 'idNumber', label: t('idNumber'), hint: t('idNumberHint') });

const channel = (): Field => ({ name: 'channel', label: t('channel'), ...choices('channel', session.caller!.channels) });

const sent = (card: Card, key: string) => ({ path: { cardNumber: card.cardNumber }, header: once(key) });

/** What can be done with a card, by the name of the step. */
export const steps: Partial<Record<Step, CardStep>> = {
  handOver: {
    call: 'receiveCard',
    command: (card) => ({
      title: nameOf('nextStep', 'handOver'),
      about: t('handOverAbout'),
      done: t('handedOver'),
      fields: [{ name: 'receivedOn', label: t('receivedOn'), kind: 'date', value: dayOf(clock.now()) }],
      run: (values, key) => answer(api.POST('/cards/{cardNumber}/receipt', {
        params: sent(card, key), body: { receivedOn: values.receivedOn },
      })),
    }),
  },
  activate: {
    call: 'activateCard',
    command: (card) => ({
      title: nameOf('nextStep', 'activate'),
      done: t('activated'),
      fields: [channel(), idNumber()],
      run: (values, key) => answer(api.POST('/cards/{cardNumber}/activations', {
        params: sent(card, key),
        body: {
          channel: values.channel as Schema['ServiceChannel'],
          idNumber: values.idNumber,
          occasion: session.caller!.role === 'hospital' ? 'outpatient' : session.caller!.role === 'pharmacy' ? 'purchase' : null,
        },
      })),
    }),
  },
  restore: {
    call: 'restoreCard',
    command: (card) => ({
      title: nameOf('nextStep', 'restore'),
      about: t('restoreAbout'),
      done: t('restored'),
      fields: [idNumber()],
      run: (values, key) => answer(api.POST('/cards/{cardNumber}/restoration', {
        params: sent(card, key), body: { idNumber: values.idNumber },
      })),
    }),
  },
  unlockPassword: {
    call: 'unlockPassword',
    command: (card) => ({
      title: nameOf('nextStep', 'unlockPassword'),
      done: t('unlocked'),
      fields: [
        { name: 'kind', label: t('password'), ...choices('passwordKind', ['social', 'query']) },
        channel(),
        idNumber(),
      ],
      run: (values, key) => answer(api.POST('/cards/{cardNumber}/password-unlocks', {
        params: sent(card, key),
        body: {
          kind: values.kind as Schema['PasswordKind'], channel: values.channel as Schema['ServiceChannel'], idNumber: values.idNumber,
        },
      })),
    }),
  },
  reportLoss: {
    call: 'reportLoss',
    command: (card) => ({
      title: nameOf('nextStep', 'reportLoss'),
      about: t('reportLossAbout'),
      done: t('lossReported'),
      grave: true,
      fields: [
        { name: 'kind', label: t('lossKind'), ...choices('lossKind', ['temporary', 'formal']) },
        { name: 'reason', label: t('reason'), ...choices('lossReason', Object.keys(names.lossReason)) },
        { name: 'scope', label: t('lossScope'), ...choices('lossScope', ['both', 'social', 'financial']) },
        channel(),
        idNumber(),
      ],
      run: (values, key) => answer(api.POST('/cards/{cardNumber}/loss-reports', {
        params: sent(card, key),
        body: {
          kind: values.kind as Schema['LossReportKind'],
          reason: values.reason as Schema['LossReason'],
          scope: values.scope as Schema['LossScope'],
          channel: values.channel as Schema['ServiceChannel'],
          idNumber: values.idNumber,
        },
      })),
    }),
  },
  releaseLoss: {
    call: 'releaseLossReport',
    command: (card) => ({
      title: nameOf('nextStep', 'releaseLoss'),
      done: t('lossReleased'),
      fields: [channel(), idNumber()],
      run: (values, key) => answer(api.POST('/cards/{cardNumber}/loss-reports/{reportId}/release', {
        params: { path: { cardNumber: card.cardNumber, reportId: card.lossReport!.reportId }, header: once(key) },
        body: { channel: values.channel as Schema['ServiceChannel'], idNumber: values.idNumber },
      })),
    }),
  },
  applyForNewCard: {
    call: 'fileReissue',
    command: (card) => ({
      title: nameOf('nextStep', 'applyForNewCard'),
      done: t('reissueFiled'),
      fields: [
        { name: 'reason', label: t('reason'), ...choices('reissueReason', Object.keys(names.reissueReason)) },
        { name: 'delivery', label: t('delivery'), ...choices('delivery', Object.keys(names.delivery)) },
        channel(),
        idNumber(),
      ],
      run: (values, key) => answer(api.POST('/cards/{cardNumber}/reissues', {
        params: sent(card, key),
        body: {
          reason: values.reason as Schema['ReissueReason'],
          delivery: values.delivery as Schema['CardDelivery'],
          channel: values.channel as Schema['ServiceChannel'],
          idNumber: values.idNumber,
        },
      })),
    }),
  },
  payFee: {
    call: 'payReissue',
    command: (card) => ({
      title: nameOf('nextStep', 'payFee'),
      done: t('feePaid'),
      fields: [
        { name: 'amountYuan', label: t('amountYuan'), kind: 'number', value: String(card.reissue?.feeYuan ?? '') },
        { name: 'receipt', label: t('receiptNumber') },
      ],
      run: (values, key) => answer(api.POST('/cards/{cardNumber}/reissues/{reissueId}/payment', {
        params: { path: { cardNumber: card.cardNumber, reissueId: card.reissue!.reissueId }, header: once(key) },
        body: { amountYuan: Number(values.amountYuan), receipt: values.receipt! },
      })),
    }),
  },
  cancelSpare: {
    call: 'cancelCard',
    command: (card) => ({
      title: nameOf('nextStep', 'cancelSpare'),
      about: t('cancelSpareAbout'),
      done: t('cardCancelled'),
      grave: true,
      fields: [channel(), idNumber()],
      run: (values, key) => answer(api.POST('/cards/{cardNumber}/cancellation', {
        params: sent(card, key),
        body: { reason: 'spare', channel: values.channel as Schema['ServiceChannel'], idNumber: values.idNumber },
      })),
    }),
  },
};

/** A new password, which is no next step: it can be asked for at any time. */
export const passwordReset: CardStep = {
  call: 'requestPasswordChange',
  command: (card) => ({
    title: t('passwordReset'),
    about: t('passwordResetAbout'),
    done: t('passwordResetDone'),
    fields: [
      { name: 'kind', label: t('password'), ...choices('passwordKind', ['social', 'query']) },
      { name: 'newPassword', label: t('newPassword'), kind: 'password', pattern: '[0-9]{6}', hint: t('sixDigits') },
      channel(),
      idNumber(),
    ],
    run: (values, key) => answer(api.POST('/cards/{cardNumber}/password-changes', {
      params: sent(card, key),
      body: {
        kind: values.kind as Schema['PasswordKind'],
        operation: 'reset',
        channel: values.channel as Schema['ServiceChannel'],
        newPassword: values.newPassword!,
        idNumber: values.idNumber,
      },
    })),
  }),
};
