import { Input, InputNumber, Select, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import { events } from '#contracts/events.ts';
import { heardEvents } from '#contracts/pack-facts.ts';
import type { Pack, Step, Who } from '#contracts/pack.ts';
import { listPlaybooks } from '#contracts/routes/playbooks.ts';
import { useRead } from '../../query.ts';
import { OptionRows } from './edit-options.tsx';
import { ConditionEditor } from './edit-condition.tsx';
import { BothWords, DurationEditor, Part } from './edit-parts.tsx';
import { CollectParts } from './edit-figures.tsx';
import { ChangeParts, CustomerParts, RecordParts, SampleParts } from './edit-work.tsx';
import { namesOfFacts } from './saying.ts';
import { useDoers, useNames, useSeen } from './use-names.ts';

type Target = { value: string; label: string };
type Props = { pack: Pack; step: Step; targets: Target[]; set: (patch: Partial<Step>) => void };

/** The parts that only one kind of step has. */
export function KindEditor(props: Props) {
  switch (props.step.kind) {
    case 'decide':
      return <Choices {...props} />;
    case 'call':
      return <CallParts {...props} />;
    case 'wait':
      return <WaitParts {...props} />;
    case 'tell':
      return <TellParts {...props} />;
    case 'ticket':
      return <TicketParts {...props} />;
    case 'start':
      return <StartParts {...props} />;
    case 'change':
      return <ChangeParts {...props} />;
    case 'customer':
      return <CustomerParts {...props} />;
    case 'sample':
      return <SampleParts {...props} />;
    case 'collect':
      return <CollectParts {...props} />;
    case 'record':
      return <RecordParts {...props} />;
    case 'end':
      return <EndParts {...props} />;
    default:
      return null;
  }
}

function Choices({ step, targets, set }: Props) {
  const { t } = useTranslation();
  return (
    <Part label={t('library.choices')}>
      <OptionRows
        label={t('library.choices')}
        options={step.choices ?? []}
        onChange={(choices) => set({ choices })}
        beside={(choice, change) => (
          <Select
            allowClear
            placeholder={t('library.goesBelowShort')}
            aria-label={t('library.goesTo')}
            value={choice.to}
            onChange={(to) =>
              change({ key: choice.key, zh: choice.zh, en: choice.en, ...(to ? { to } : {}) })
            }
            options={targets}
          />
        )}
      />
    </Part>
  );
}

function CallParts(props: Props) {
  const { t } = useTranslation();
  const { step, set } = props;
  return (
    <>
      <Part label={t('library.attempts')} hint={t('library.attemptsHint')}>
        <span className="pb-duration">
          <InputNumber
            min={1}
            max={20}
            aria-label={t('library.attempts')}
            value={step.attempts ?? 1}
            onChange={(attempts) => set({ attempts: attempts ?? 1 })}
          />
          <DurationEditor
            label={t('library.every')}
            value={step.every}
            onChange={(every) => set({ every })}
          />
        </span>
      </Part>
      {step.choices ? <Choices {...props} /> : null}
    </>
  );
}

type Until = NonNullable<Step['until']>;
const waysToWait = ['passed', 'instant', 'event'] as const;
const wayOf = (until: Until | undefined): (typeof waysToWait)[number] =>
  until && 'event' in until ? 'event' : until && 'instant' in until ? 'instant' : 'passed';

/** Fields of the pack that hold a day or an instant, as facts. */
const instantsOf = (pack: Pack): string[] => [
  ...pack.records.flatMap(({ fields }) =>
    fields.filter(({ type }) => type === 'instant' || type === 'date').map(({ key }) => `record.${key}`),
  ),
  ...pack.steps.flatMap((step) =>
    (step.fields ?? [])
      .filter(({ type }) => type === 'instant' || type === 'date')
      .map(({ key }) => `answers.${step.key}.${key}`),
  ),
  'record.createdAt',
  'ticket.createdAt',
  'run.startedAt',
];

function WaitParts(props: Props) {
  const { t } = useTranslation();
  const { language } = useNames();
  const { pack, step, set } = props;
  const until = step.until;
  const names = namesOfFacts(useSeen(pack), language);
  const begin = (way: (typeof waysToWait)[number]): Until =>
    way === 'event'
      ? { event: 'message.posted' }
      : way === 'instant'
        ? { instant: { at: instantsOf(pack)[0]!, minus: '1d' } }
        : { passed: '1d' };
  const moved = until && 'instant' in until ? (until.instant.plus ? 'plus' : 'minus') : 'minus';
  return (
    <>
      <Part label={t('library.waitsFor')}>
        <Select
          aria-label={t('library.waitsFor')}
          value={wayOf(until)}
          onChange={(way) => set({ until: begin(way) })}
          options={waysToWait.map((way) => ({ value: way, label: t(`library.wait.${way}`) }))}
        />
        {until && 'passed' in until ? (
          <DurationEditor
            label={t('library.wait.passed')}
            value={until.passed}
            onChange={(passed) => passed && set({ until: { passed } })}
          />
        ) : null}
        {until && 'instant' in until && until.instant.at ? (
          <span className="pb-row">
            <Select
              showSearch={{ optionFilterProp: 'label' }}
              aria-label={t('library.wait.instant')}
              value={until.instant.at}
              onChange={(at) => set({ until: { instant: { ...until.instant, at } } })}
              options={[...new Set([until.instant.at, ...instantsOf(pack)])].map((path) => ({
                value: path,
                label: names.path(path),
              }))}
            />
            <Select
              aria-label={t('library.wait.side')}
              value={moved}
              onChange={(side) =>
                set({
                  until: {
                    instant: {
                      at: until.instant.at,
                      [side]: until.instant.plus ?? until.instant.minus ?? '1d',
                    },
                  },
                })
              }
              options={(['minus', 'plus'] as const).map((one) => ({
                value: one,
                label: t(`library.wait.${one}`),
              }))}
            />
            <DurationEditor
              label={t('library.wait.by')}
              value={until.instant.plus ?? until.instant.minus}
              onChange={(by) =>
                set({ until: { instant: { at: until.instant.at, ...(by ? { [moved]: by } : {}) } } })
              }
            />
          </span>
        ) : null}
        {until && 'event' in until ? (
          <>
            <Select
              showSearch={{ optionFilterProp: 'label' }}
              aria-label={t('library.wait.event')}
              value={until.event}
              onChange={(event) => set({ until: { ...until, event } })}
              options={[...new Set([until.event, ...heardEvents])].map((type) => ({
                value: type,
                label: (events as Record<string, { zh: string; en: string }>)[type]?.[language] ?? type,
              }))}
            />
            <ConditionEditor
              pack={pack}
              value={until.if}
              onChange={(condition) =>
                set({ until: condition ? { event: until.event, if: condition } : { event: until.event } })
              }
            />
          </>
        ) : null}
      </Part>
      <Part label={t('library.timeout')} hint={t('library.timeoutHint')}>
        <span className="pb-row">
          <DurationEditor
            label={t('library.timeout')}
            value={step.timeout}
            onChange={(timeout) =>
              set({ timeout, timeoutTo: timeout ? (step.timeoutTo ?? props.targets[0]!.value) : undefined })
            }
          />
          {step.timeout ? (
            <Select
              aria-label={t('library.goesTo')}
              value={step.timeoutTo}
              onChange={(timeoutTo) => set({ timeoutTo })}
              options={props.targets}
            />
          ) : null}
        </span>
      </Part>
    </>
  );
}

const keyOfTo = (to: Step['to']): string =>
  typeof to === 'object' ? Object.entries(to)[0]!.join(':') : (to ?? 'customer');
const toOfKey = (key: string): Step['to'] => {
  const [place, value = ''] = key.split(':');
  if (place === 'role') return { role: value };
  return place === 'group' ? { group: value } : (key as Who);
};

function TellParts({ pack, step, set }: Props) {
  const { t } = useTranslation();
  const given = keyOfTo(step.to);
  const [place, named = ''] = given.split(':');
  const { roles, groups } = useDoers(pack, {
    roles: place === 'role' ? [named] : [],
    groups: place === 'group' ? [named] : [],
  });
  const places = (['customer', 'customers', 'assignee', 'accountable', 'starter', 'owner'] as const).map(
    (one) => ({ value: one as string, label: t(`library.to.${one}`) }),
  );
  const all = [
    { label: t('library.byPlace'), options: places },
    {
      label: t('library.byRole'),
      options: roles.map(({ value, label }) => ({ value: `role:${value}`, label })),
    },
    {
      label: t('library.byGroup'),
      options: groups.map(({ value, label }) => ({ value: `group:${value}`, label })),
    },
  ];
  const listed = all.some(({ options }) => options.some(({ value }) => value === given));
  return (
    <>
      <Part label={t('library.tells')}>
        <Select
          className="pb-who"
          showSearch={{ optionFilterProp: 'label' }}
          aria-label={t('library.tells')}
          value={given}
          onChange={(key) => set({ to: toOfKey(key) })}
          options={listed ? all : [...all, { label: given, options: [{ value: given, label: given }] }]}
        />
      </Part>
      <Part label={t('library.needsAck')} hint={t('library.needsAckHint')}>
        <Switch
          aria-label={t('library.needsAck')}
          checked={step.needsAck ?? false}
          onChange={(needsAck) => set({ needsAck: needsAck || undefined })}
        />
      </Part>
    </>
  );
}

function TicketParts({ pack, step, set }: Props) {
  const { t } = useTranslation();
  const open = step.open ?? { group: 'tech', subject: { zh: '', en: '' } };
  const { groups } = useDoers(pack, { groups: [open.group] });
  return (
    <>
      <Part label={t('library.openFor')}>
        <Select
          aria-label={t('library.openFor')}
          value={open.group}
          onChange={(group) => set({ open: { ...open, group } })}
          options={groups}
        />
        <BothWords
          label={t('library.openSubject')}
          value={open.subject}
          onChange={(subject) => set({ open: { ...open, subject } })}
        />
      </Part>
      <Part label={t('library.openWait')} hint={t('library.openWaitHint')}>
        <Switch
          aria-label={t('library.openWait')}
          checked={open.wait ?? true}
          onChange={(wait) => set({ open: { ...open, wait } })}
        />
      </Part>
    </>
  );
}

function StartParts({ pack, step, set }: Props) {
  const { t } = useTranslation();
  const { language } = useNames();
  const all = useRead(listPlaybooks).data?.items ?? [];
  return (
    <Part label={t('library.startsOther')}>
      <Select
        showSearch={{ optionFilterProp: 'label' }}
        aria-label={t('library.startsOther')}
        value={step.playbook}
        onChange={(playbook) => set({ playbook })}
        options={all
          .filter(({ key }) => key !== pack.key)
          .map(({ key, name }) => ({ value: key, label: name[language] }))}
      />
    </Part>
  );
}

function EndParts({ step, set }: Props) {
  const { t } = useTranslation();
  return (
    <Part label={t('library.outcome')} hint={t('library.outcomeHint')}>
      <Input
        aria-label={t('library.outcome')}
        value={step.outcome}
        onChange={(event) => set({ outcome: event.target.value || undefined })}
      />
    </Part>
  );
}
