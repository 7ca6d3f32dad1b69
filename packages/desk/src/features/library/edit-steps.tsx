import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Link } from '@tanstack/react-router';
import { Button, InputNumber, Select, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import { theEnd } from '#contracts/flow.ts';
import { stepKinds } from '#contracts/pack.ts';
import type { Pack, Step } from '#contracts/pack.ts';
import { FieldsEditor } from './edit-forms.tsx';
import { asKind } from './as-kind.ts';
import { KindEditor } from './edit-kinds.tsx';
import { ConditionEditor } from './edit-condition.tsx';
import { BothWords, DurationEditor, LinesEditor, Part } from './edit-parts.tsx';
import { ClockMore, FinishMore } from './edit-step-more.tsx';
import { WhoEditor } from './edit-who.tsx';
import { useDoers, useNames, useSeen } from './use-names.ts';

type Change = (pack: Pack) => void;
/** A new key that nobody has: step_7 and the like. */
const freeKey = (pack: Pack): string => {
  for (let n = pack.steps.length + 1; ; n++)
    if (!pack.steps.some(({ key }) => key === `step_${n}`)) return `step_${n}`;
};

/** The steps as a list, the chosen one in full beside it. */
export function EditSteps(props: {
  pack: Pack;
  chosen: string;
  onChoose: (key: string) => void;
  onChange: Change;
}) {
  const { t } = useTranslation();
  const { language } = useNames();
  const { pack, onChange } = props;
  const at = Math.max(
    0,
    pack.steps.findIndex(({ key }) => key === props.chosen),
  );
  const step = pack.steps[at]!;
  const move = (by: number) => {
    const steps = [...pack.steps];
    steps.splice(at, 1);
    steps.splice(at + by, 0, step);
    onChange({ ...pack, steps });
  };
  const add = () => {
    const key = freeKey(pack);
    const made: Step = {
      key,
      name: { zh: '新步骤', en: 'New step' },
      kind: 'do',
      who: 'assignee',
      within: '24h',
    };
    onChange({ ...pack, steps: pack.steps.toSpliced(at + 1, 0, made) });
    props.onChoose(key);
  };
  const remove = () => {
    onChange({ ...pack, steps: pack.steps.toSpliced(at, 1) });
    props.onChoose(pack.steps[at === 0 ? 1 : at - 1]!.key);
  };
  return (
    <div className="pb-editor">
      <nav className="pb-editor-list" aria-label={t('library.edit.steps')}>
        {pack.steps.map((one, i) => (
          <button
            key={one.key}
            type="button"
            className="zk-bare"
            aria-current={one === step}
            onClick={() => props.onChoose(one.key)}
          >
            <span className="pb-number">{i + 1}</span> {one.name[language]}
          </button>
        ))}
        <span className="pb-buttons">
          <Button size="small" icon={<PlusOutlined />} onClick={add}>
            {t('library.addStep')}
          </Button>
          <Button
            size="small"
            aria-label={t('library.up')}
            icon={<ArrowUpOutlined />}
            disabled={at === 0}
            onClick={() => move(-1)}
          />
          <Button
            size="small"
            aria-label={t('library.down')}
            icon={<ArrowDownOutlined />}
            disabled={at === pack.steps.length - 1}
            onClick={() => move(1)}
          />
          <Button
            size="small"
            danger
            aria-label={t('library.removeStep')}
            icon={<DeleteOutlined />}
            disabled={pack.steps.length === 1}
            onClick={remove}
          />
        </span>
      </nav>
      <EditStep
        key={step.key}
        pack={pack}
        step={step}
        onChange={(next) =>
          onChange({ ...pack, steps: pack.steps.map((one) => (one === step ? next : one)) })
        }
      />
    </div>
  );
}

const timed: readonly Step['kind'][] = ['do', 'decide', 'approve', 'call'];
const clocked: readonly Step['kind'][] = [...timed, 'sample', 'tell'];
const worked: readonly Step['kind'][] = ['do', 'decide', 'call', 'sample'];

function EditStep(props: { pack: Pack; step: Step; onChange: (step: Step) => void }) {
  const { t } = useTranslation();
  const { language } = useNames();
  const { pack, step } = props;
  const { roles } = useDoers(pack, { roles: step.by });
  const seen = useSeen(pack);
  const at = `/steps/${pack.steps.indexOf(step)}`;
  const set = (patch: Partial<Step>) => {
    const next = { ...step, ...patch };
    // What is empty is left out: a closed shape knows no undefined.
    props.onChange(
      Object.fromEntries(Object.entries(next).filter(([, value]) => value !== undefined)) as Step,
    );
  };
  const targets = [
    ...pack.steps
      .filter(({ key }) => key !== step.key)
      .map((one) => ({ value: one.key, label: one.name[language] })),
    { value: theEnd, label: t('library.theEnd') },
  ];
  return (
    <div className="pb-edit-step">
      <Part label={t('library.name')}>
        <BothWords label={t('library.name')} value={step.name} onChange={(name) => set({ name })} />
      </Part>
      <Part label={t('library.kindOf')}>
        <Select
          value={step.kind}
          onChange={(kind) => props.onChange(asKind(step, kind, pack))}
          options={stepKinds.map((kind) => ({ value: kind, label: t(`library.kind.${kind}`) }))}
        />
      </Part>
      <KindEditor pack={pack} step={step} targets={targets} set={set} />
      {worked.includes(step.kind) || ['assign', 'tell'].includes(step.kind) ? (
        <Part
          label={t(step.kind === 'assign' ? 'library.work.assignTo' : 'library.whoDoes')}
          hint={step.kind === 'tell' ? t('library.rest.tellWho') : undefined}
          at={`${at}/who`}
        >
          <WhoEditor pack={pack} value={step.who} onChange={(who) => set({ who })} />
        </Part>
      ) : null}
      {step.kind === 'approve' ? (
        <Part label={t('library.approvers')} hint={t('library.approversHint')}>
          <Select mode="multiple" value={step.by ?? []} onChange={(by) => set({ by })} options={roles} />
        </Part>
      ) : null}
      {clocked.includes(step.kind) ? (
        <Part label={t('library.limit')} hint={step.clock ? undefined : t('library.limitHint')}>
          <DurationEditor
            label={t('library.limit')}
            value={step.within}
            onChange={(within) => set({ within })}
          />
          {step.clock ? (
            <span className="zk-quiet">
              {t('library.ticketClock')}{' '}
              <Link to="/settings/$section" params={{ section: 'policies' }}>
                {t('library.toPolicies')}
              </Link>
            </span>
          ) : null}
        </Part>
      ) : null}
      {clocked.includes(step.kind) ? <ClockMore pack={pack} step={step} at={at} set={set} /> : null}
      {clocked.includes(step.kind) && (step.within ?? step.due ?? step.clock) ? (
        <LateEditor step={step} onChange={(late) => set({ late })} />
      ) : null}
      {timed.includes(step.kind) ? (
        <>
          <LinesEditor
            label={t('library.actions')}
            value={step.actions}
            onChange={(actions) => set({ actions })}
          />
          {step.actions ? (
            <Part label={t('library.checklist')} hint={t('library.checklistHint')}>
              <Switch
                checked={step.checklist ?? false}
                onChange={(checklist) => set({ checklist: checklist || undefined })}
              />
            </Part>
          ) : null}
          <LinesEditor label={t('library.tips')} value={step.tips} onChange={(tips) => set({ tips })} />
          <LinesEditor label={t('library.ask')} value={step.ask} onChange={(ask) => set({ ask })} />
        </>
      ) : null}
      {timed.includes(step.kind) || step.kind === 'tell' ? (
        <Part label={t('library.tab.words')}>
          <Select
            mode="multiple"
            value={step.script ?? []}
            onChange={(script) => set({ script: script.length > 0 ? script : undefined })}
            options={[
              ...new Map(
                pack.scripts.map((one) => [one.key, { value: one.key, label: one[language].title }]),
              ).values(),
            ]}
          />
        </Part>
      ) : null}
      {timed.includes(step.kind) ? (
        <Part label={t('library.form')}>
          <Select
            allowClear
            value={step.form}
            onChange={(form) => set({ form })}
            options={seen.records.map((kind) => ({ value: kind.key, label: kind.name[language] }))}
          />
        </Part>
      ) : null}
      {timed.includes(step.kind) ? (
        <Part label={t('library.edit.fields')}>
          <FieldsEditor
            pack={pack}
            at={`${at}/fields`}
            fields={step.fields ?? []}
            onChange={(fields) => set({ fields: fields.length > 0 ? fields : undefined })}
          />
        </Part>
      ) : null}
      {timed.includes(step.kind) ? (
        <Part
          label={t('library.work.finishIf')}
          hint={step.finishIf ? undefined : t('library.work.finishHint')}
          at={`${at}/finishIf`}
        >
          <ConditionEditor
            pack={pack}
            filling
            value={step.finishIf}
            onChange={(finishIf) =>
              set({
                finishIf,
                refused: finishIf
                  ? (step.refused ?? { zh: '条件还不满足', en: 'The condition does not hold yet' })
                  : undefined,
              })
            }
          />
          {step.refused ? (
            <BothWords
              label={t('library.work.refused')}
              value={step.refused}
              onChange={(refused) => set({ refused })}
            />
          ) : null}
        </Part>
      ) : null}
      {timed.includes(step.kind) || step.kind === 'tell' ? (
        <FinishMore pack={pack} step={step} at={at} set={set} />
      ) : null}
      <Part label={t('library.runsIf')} at={`${at}/if`}>
        <ConditionEditor pack={pack} value={step.if} onChange={(condition) => set({ if: condition })} />
      </Part>
      {step.kind === 'end' ? null : (
        <>
          <JoinEditor pack={pack} step={step} set={set} />
          <ForkEditor pack={pack} step={step} targets={targets} set={set} />
        </>
      )}
      {step.kind === 'end' || step.fork ? null : (
        <NextEditor pack={pack} step={step} targets={targets} onChange={(next) => set({ next })} />
      )}
      {step.kind === 'approve' ? (
        <Part label={t('library.rejectTo')}>
          <Select value={step.rejectTo} onChange={(rejectTo) => set({ rejectTo })} options={targets} />
        </Part>
      ) : null}
      <Part label={t('library.atMost')} hint={t('library.atMostHint')}>
        <InputNumber
          min={1}
          max={100}
          aria-label={t('library.atMost')}
          value={step.atMost ?? null}
          onChange={(atMost) => set({ atMost: atMost ?? undefined })}
        />
      </Part>
      {worked.includes(step.kind) || step.kind === 'tell' ? (
        <Part label={t('library.skip')}>
          <Select
            value={step.skip ?? 'supervisor'}
            onChange={(skip) => set({ skip })}
            options={(['anyone', 'supervisor', 'never'] as const).map((one) => ({
              value: one,
              label: t(`library.skips.${one}`),
            }))}
          />
        </Part>
      ) : null}
    </div>
  );
}

const tells = ['assignee', 'owner', 'lead', 'supervisor', 'manager'] as const;
function LateEditor(props: { step: Step; onChange: (late: Step['late']) => void }) {
  const { t } = useTranslation();
  const late = props.step.late ?? [];
  const set = (next: NonNullable<Step['late']>) => props.onChange(next.length > 0 ? next : undefined);
  return (
    <Part label={t('library.whenLate')}>
      {late.map((rung, i) => (
        // oxlint-disable-next-line react/no-array-index-key -- rungs have no name of their own
        <span key={i} className="pb-row">
          <DurationEditor
            label={t('library.whenLate')}
            value={rung.after === '0' ? undefined : rung.after}
            empty={t('library.atOnce')}
            onChange={(after) => set(late.map((one, n) => (n === i ? { ...one, after: after ?? '0' } : one)))}
          />
          <Select
            value={rung.tell}
            onChange={(tell) => set(late.map((one, n) => (n === i ? { ...one, tell } : one)))}
            options={tells.map((one) => ({ value: one, label: t(`library.tell.${one}`) }))}
          />
          <Button
            type="text"
            aria-label={t('library.remove')}
            icon={<DeleteOutlined />}
            onClick={() => set(late.filter((_, n) => n !== i))}
          />
        </span>
      ))}
      <Button
        size="small"
        icon={<PlusOutlined />}
        onClick={() => set([...late, { after: '0', tell: 'supervisor' }])}
      >
        {t('library.addRung')}
      </Button>
    </Part>
  );
}

type Parts = { pack: Pack; step: Step; set: (patch: Partial<Step>) => void };
/** Two other steps to begin with: those after this one, or those before it. */
const two = ({ steps }: Pack, step: Step, side: 'after' | 'before'): string[] => {
  const at = steps.indexOf(step);
  const others = side === 'after' ? steps.slice(at + 1) : steps.slice(0, at).toReversed();
  const all = [...others, ...steps.filter((one) => one !== step && !others.includes(one))];
  return all
    .filter(({ kind }) => side === 'after' || kind !== 'end')
    .slice(0, 2)
    .map(({ key }) => key);
};

/** Several ways at once, each on its own until a step waits for all of them. */
function ForkEditor({ pack, step, targets, set }: Parts & { targets: { value: string; label: string }[] }) {
  const { t } = useTranslation();
  const begun = two(pack, step, 'after');
  return (
    <Part label={t('library.fork')} hint={t('library.forkHint')}>
      <Switch
        aria-label={t('library.fork')}
        checked={step.fork !== undefined}
        disabled={begun.length < 2}
        onChange={(on) => set(on ? { fork: begun, next: undefined } : { fork: undefined })}
      />
      {step.fork ? (
        <Select
          mode="multiple"
          aria-label={t('library.fork')}
          value={step.fork}
          // One way alone is no fork.
          onChange={(fork) => fork.length > 1 && set({ fork })}
          options={targets.filter(({ value }) => value !== theEnd)}
        />
      ) : null}
    </Part>
  );
}

/** The step begins once all of these are over. */
function JoinEditor({ pack, step, set }: Parts) {
  const { t } = useTranslation();
  const { language } = useNames();
  const begun = two(pack, step, 'before');
  if (!step.joins && !pack.steps.some(({ fork }) => fork)) return null;
  return (
    <Part label={t('library.joins')} hint={t('library.joinsHint')}>
      <Switch
        aria-label={t('library.joins')}
        checked={step.joins !== undefined}
        disabled={begun.length < 2}
        onChange={(on) => set({ joins: on ? begun : undefined })}
      />
      {step.joins ? (
        <Select
          mode="multiple"
          aria-label={t('library.joins')}
          value={step.joins}
          onChange={(joins) => joins.length > 1 && set({ joins })}
          options={pack.steps
            .filter((one) => one !== step && one.kind !== 'end')
            .map((one) => ({ value: one.key, label: one.name[language] }))}
        />
      ) : null}
    </Part>
  );
}

function NextEditor(props: {
  pack: Pack;
  step: Step;
  targets: { value: string; label: string }[];
  onChange: (next: Step['next']) => void;
}) {
  const { t } = useTranslation();
  const { next } = props.step;
  const ways = next === undefined ? [] : typeof next === 'string' ? [{ to: next }] : next;
  const set = (list: { if?: Step['if']; to: string }[]) =>
    props.onChange(list.length === 0 ? undefined : list);
  return (
    <Part label={t('library.goesOn')} hint={ways.length === 0 ? t('library.goesBelow') : undefined}>
      {ways.map((way, i) => (
        // oxlint-disable-next-line react/no-array-index-key -- ways have no name of their own
        <div key={i} className="pb-way-row">
          <ConditionEditor
            pack={props.pack}
            value={'if' in way ? way.if : undefined}
            onChange={(condition) =>
              set(
                ways.map((one, n) =>
                  n === i ? { ...(condition ? { if: condition } : {}), to: one.to } : one,
                ),
              )
            }
          />
          <span className="pb-row">
            →
            <Select
              aria-label={t('library.goesTo')}
              value={way.to}
              onChange={(to) => set(ways.map((one, n) => (n === i ? { ...one, to } : one)))}
              options={props.targets}
            />
            <Button
              type="text"
              aria-label={t('library.remove')}
              icon={<DeleteOutlined />}
              onClick={() => set(ways.filter((_, n) => n !== i))}
            />
          </span>
        </div>
      ))}
      <Button
        size="small"
        icon={<PlusOutlined />}
        onClick={() => set([...ways, { to: props.targets[0]!.value }])}
      >
        {t('library.addWay')}
      </Button>
    </Part>
  );
}
