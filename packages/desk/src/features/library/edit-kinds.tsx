import { Checkbox, Input, InputNumber, Select, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import { events } from '#contracts/events.ts';
import { heardEvents } from '#contracts/pack-facts.ts';
import type { Pack, Step } from '#contracts/pack.ts';
import { listPlaybooks } from '#contracts/routes/playbooks.ts';
import { useRead } from '../../query.ts';
import { OptionRows } from './edit-options.tsx';
import { ConditionEditor } from './edit-condition.tsx';
import { BothWords, DurationEditor, Part } from './edit-parts.tsx';
import { filled } from './edit-pick.tsx';
import { CollectParts } from './edit-figures.tsx';
import { ChangeParts, CustomerParts, RecordParts, SampleParts } from './edit-work.tsx';
import { factsOfType, keyOfWho, useWhoOptions, whoOfKey } from './edit-who.tsx';
import { InstantEditor, instantsOf } from './edit-instant.tsx';
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
    case 'assign':
      return <AssignParts {...props} />;
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
      <Choices {...props} />
    </>
  );
}

type Until = NonNullable<Step['until']>;
const waysToWait = ['passed', 'instant', 'event'] as const;
const wayOf = (until: Until | undefined): (typeof waysToWait)[number] =>
  until && 'event' in until ? 'event' : until && 'instant' in until ? 'instant' : 'passed';

function WaitParts(props: Props) {
  const { t } = useTranslation();
  const { language } = useNames();
  const { pack, step, set } = props;
  const until = step.until;
  const begin = (way: (typeof waysToWait)[number]): Until =>
    way === 'event'
      ? { event: 'message.posted' }
      : way === 'instant'
        ? { instant: { at: instantsOf(pack)[0]!, minus: '1d' } }
        : { passed: '1d' };
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
        {until && 'instant' in until ? (
          <InstantEditor
            pack={pack}
            value={until.instant}
            onChange={(instant) => instant && set({ until: { instant } })}
          />
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

function TellParts({ pack, step, set }: Props) {
  const { t } = useTranslation();
  const given = step.to === 'customer' || step.to === 'customers' ? step.to : keyOfWho(step.to ?? 'system');
  const places = (['customer', 'customers', 'assignee', 'accountable', 'starter', 'owner'] as const).map(
    (one) => ({ value: one as string, label: t(`library.to.${one}`) }),
  );
  const options = useWhoOptions(pack, given, places);
  const toCustomer = step.to === 'customer' || step.to === 'customers';
  return (
    <>
      <Part label={t('library.tells')}>
        <Select
          className="pb-who"
          showSearch={{ optionFilterProp: 'label' }}
          aria-label={t('library.tells')}
          value={step.to === undefined ? undefined : given}
          onChange={(key) => set({ to: key === 'customer' || key === 'customers' ? key : whoOfKey(key) })}
          options={options}
        />
      </Part>
      <Part label={t('library.rest.byMail')} hint={t('library.rest.mailHint')}>
        <Switch
          aria-label={t('library.rest.byMail')}
          checked={step.byMail ?? false}
          onChange={(byMail) =>
            set({ byMail: byMail || undefined, ...(byMail ? {} : { attach: undefined }) })
          }
        />
        {(step.byMail && toCustomer) || step.attach ? (
          <Checkbox
            checked={step.attach ?? false}
            onChange={({ target }) => set({ attach: target.checked || undefined })}
          >
            {t('library.rest.attach')}
          </Checkbox>
        ) : null}
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
  const { language } = useNames();
  const seen = useSeen(pack);
  const names = namesOfFacts(seen, language);
  const open = step.open ?? { group: 'tech', subject: { zh: '', en: '' } };
  const put = (patch: Partial<typeof open>) => set({ open: filled({ ...open, ...patch }) });
  const { groups } = useDoers(pack, { groups: [open.group] });
  const staff = [...new Set([...(open.accused ? [open.accused] : []), ...factsOfType(seen, ['staff'])])];
  return (
    <>
      <Part label={t('library.openFor')}>
        <Select
          aria-label={t('library.openFor')}
          value={open.group}
          onChange={(group) => put({ group })}
          options={groups}
        />
        <BothWords
          label={t('library.openSubject')}
          value={open.subject}
          onChange={(subject) => put({ subject })}
        />
      </Part>
      <Part label={t('library.rest.category')}>
        <CategorySelect value={open.category} onChange={(category) => put({ category })} />
      </Part>
      <Part label={t('library.openWait')} hint={t('library.openWaitHint')}>
        <Switch
          aria-label={t('library.openWait')}
          checked={open.wait ?? true}
          onChange={(wait) => put({ wait })}
        />
      </Part>
      {(['main', 'talk'] as const).map((one) => (
        <Part key={one} label={t(`library.rest.${one}`)} hint={t(`library.rest.${one}Hint`)}>
          <Switch
            aria-label={t(`library.rest.${one}`)}
            checked={open[one] ?? false}
            onChange={(on) => put({ [one]: on || undefined })}
          />
        </Part>
      ))}
      {staff.length > 0 ? (
        <Part label={t('library.rest.accused')} hint={t('library.rest.accusedHint')}>
          <Select
            allowClear
            className="pb-who"
            aria-label={t('library.rest.accused')}
            placeholder={t('library.rest.nobody')}
            value={open.accused}
            onChange={(accused?: string) => put({ accused })}
            options={staff.map((value) => ({ value, label: names.path(value) }))}
          />
        </Part>
      ) : null}
    </>
  );
}

function AssignParts({ step, set }: Props) {
  const { t } = useTranslation();
  const category = typeof step.set?.category === 'string' ? step.set.category : undefined;
  return (
    <Part label={t('library.rest.category')}>
      <CategorySelect
        value={category}
        onChange={(next) => set({ set: next ? { category: next } : undefined })}
      />
    </Part>
  );
}

/** A category of tickets of this centre; one that it lacks is shown by its key. */
function CategorySelect(props: { value: string | undefined; onChange: (key: string | undefined) => void }) {
  const { t } = useTranslation();
  const { refs, names } = useNames();
  const { value } = props;
  return (
    <Select
      allowClear
      className="pb-who"
      aria-label={t('library.rest.category')}
      placeholder={t('library.rest.categoryNone')}
      showSearch={{ optionFilterProp: 'label' }}
      value={value}
      onChange={(key?: string) => props.onChange(key)}
      options={[
        ...(value && !refs.categories.some((one) => one.value === value)
          ? [{ value, label: names.category!(value) }]
          : []),
        ...refs.categories,
      ]}
    />
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
