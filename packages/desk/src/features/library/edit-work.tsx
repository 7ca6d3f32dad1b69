import { Input, InputNumber, Segmented, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { changeable } from '#contracts/pack-change.ts';
import type { Pack, Step } from '#contracts/pack.ts';
import { AmongEditor, SetEditor, SpanEditor, kindOptions } from './edit-among.tsx';
import { Part } from './edit-parts.tsx';
import { factsOf, fieldAt, namesOfFacts, valuesOf } from './saying.ts';
import { kindIn, sayValue, through } from './saying-work.ts';
import { useNames, useSeen } from './use-names.ts';

export type Props = { pack: Pack; step: Step; set: (patch: Partial<Step>) => void };

/** What may be copied into a field: everything that the case knows, by its name. */
/** Worked out only where it is copied; no condition knows it. */
const boughtFact = 'customer.purchases.in30days';
const useFacts = (pack: Pack) => {
  const { language } = useNames();
  const seen = useSeen(pack);
  return [...factsOf(seen), boughtFact].map((path) => ({
    value: path,
    label: sayValue(seen, path, `{${path}}`, language),
  }));
};

/** record: moves and fills the record of the case, or makes another one. */
export function RecordParts({ pack, step, set }: Props) {
  const { t } = useTranslation();
  const { language } = useNames();
  const seen = useSeen(pack);
  const facts = useFacts(pack);
  const own = step.into ? through(seen, step.into) : seen;
  const kinds = step.into ? [kindIn(seen, step.into)] : seen.records;
  const states = (step.into ? [] : seen.records).flatMap(({ states: some = [] }) => some);
  const fields = [
    ...new Map(
      kinds
        .flatMap((kind) => kind?.fields ?? [])
        .map((field) => [field.key, { value: field.key, label: field[language] }]),
    ).values(),
  ];
  return (
    <>
      <Part label={t('library.work.record')}>
        <Select
          className="pb-who"
          aria-label={t('library.work.record')}
          showSearch={{ optionFilterProp: 'label' }}
          value={step.into ?? ''}
          onChange={(into) =>
            set(into ? { into, move: undefined, set: undefined } : { into: undefined, set: undefined })
          }
          options={[
            { value: '', label: t('library.work.recordOfCase') },
            ...kindOptions(seen, language).map(({ value, label }) => ({
              value,
              label: t('library.work.makes', { kind: label }),
            })),
          ]}
        />
      </Part>
      {step.into ? null : (
        <Part label={t('library.moveTo')}>
          <Select
            allowClear
            aria-label={t('library.moveTo')}
            placeholder={t('library.work.staysInState')}
            value={step.move}
            onChange={(move) => set({ move })}
            options={states.map((state) => ({ value: state.key, label: state[language] }))}
          />
        </Part>
      )}
      <Part label={t('library.work.fills')} hint={step.set ? undefined : t('library.work.fillsHint')}>
        <SetEditor
          pack={pack}
          fields={fields}
          valuesOf={(field) => valuesOf(own, `record.${field}`)}
          typeOf={(field) => fieldAt(own, `record.${field}`)?.type}
          facts={facts}
          value={step.set}
          onChange={(next) => set({ set: next })}
        />
      </Part>
    </>
  );
}

const ofCustomer = ['class', 'level', 'preferredChannel', 'remark'];
/** customer: fills the card of the customer, or marks them. */
export function CustomerParts({ pack, step, set }: Props) {
  const { t } = useTranslation();
  const { language } = useNames();
  const seen = useSeen(pack);
  const facts = useFacts(pack);
  const names = namesOfFacts(seen, language);
  return (
    <>
      <Part label={t('library.work.fills')}>
        <SetEditor
          pack={pack}
          fields={ofCustomer.map((key) => ({ value: key, label: names.path(`customer.${key}`) }))}
          valuesOf={(field) => valuesOf(seen, `customer.${field}`)}
          typeOf={() => undefined}
          facts={facts}
          value={step.set}
          onChange={(next) => set({ set: next })}
        />
      </Part>
      <Part label={t('library.work.tag')} hint={t('library.work.tagHint')}>
        <Input
          aria-label={t('library.work.tag')}
          maxLength={40}
          value={step.tag ?? ''}
          onChange={(event) => set({ tag: event.target.value || undefined })}
        />
      </Part>
    </>
  );
}

/** change: what becomes of the ticket. */
export function ChangeParts({ pack, step, set }: Props) {
  const { t } = useTranslation();
  const { language } = useNames();
  const seen = useSeen(pack);
  const names = namesOfFacts(seen, language);
  return (
    <Part label={t('library.work.changes')} hint={t('library.work.changesHint')}>
      <SetEditor
        pack={pack}
        fields={Object.keys(changeable).map((key) => ({ value: key, label: names.path(`ticket.${key}`) }))}
        valuesOf={(field) => valuesOf(seen, `ticket.${field}`)}
        typeOf={(field) => (field === 'emergency' ? 'yes' : undefined)}
        facts={useFacts(pack)}
        value={step.set}
        onChange={(next) => set({ set: next })}
      />
    </Part>
  );
}

/** Kinds that have all of these fields: what talks that were drawn are written into. */
const kindsWith = (options: ReturnType<typeof kindOptions>, has: (kind: string) => boolean) =>
  options.filter(({ value }) => has(value));
const cardFields = ['staff', 'channel'];
const listFields = ['of', 'drawn', 'total', 'seed', 'list'];

/** sample: so many records or talks, drawn at random, a task for each. */
export function SampleParts({ pack, step, set }: Props) {
  const { t } = useTranslation();
  const { language } = useNames();
  const seen = useSeen(pack);
  const options = kindOptions(seen, language);
  const having = (fields: readonly string[]) =>
    kindsWith(options, (key) =>
      fields.every((field) => kindIn(seen, key)?.fields.some((one) => one.key === field)),
    );
  const from = step.talks ? 'talks' : 'records';
  return (
    <>
      <Part label={t('library.work.drawFrom')} hint={t('library.work.drawHint')}>
        <Segmented
          value={from}
          onChange={(next) =>
            next === 'talks'
              ? set({
                  talks: { each: 'channel', over: { last: 'day' } },
                  count: step.count ?? 3,
                  among: undefined,
                  share: undefined,
                  into: having(cardFields)[0]?.value,
                  under: having(listFields)[0]?.value,
                })
              : set({
                  talks: undefined,
                  count: undefined,
                  share: 20,
                  into: undefined,
                  under: undefined,
                  among: pack.records[0] ? { kind: pack.records[0].key, over: { last: 'month' } } : undefined,
                })
          }
          options={(['records', 'talks'] as const).map((one) => ({
            value: one,
            label: t(`library.work.${one}`),
          }))}
        />
        {step.talks ? (
          <span className="pb-row pb-wrap">
            <SpanEditor
              needed
              value={step.talks.over}
              onChange={(over) => set({ talks: { ...step.talks!, ...(over ? { over } : {}) } })}
            />
            <Select
              aria-label={t('library.work.each')}
              value={step.talks.each}
              onChange={(each) => set({ talks: { ...step.talks!, each } })}
              options={(['channel', 'agent'] as const).map((one) => ({
                value: one,
                label: t(`library.work.perEach.${one}`),
              }))}
            />
          </span>
        ) : (
          <AmongEditor
            pack={pack}
            label={t('library.work.drawFrom')}
            value={step.among}
            onChange={(among) => set({ among })}
          />
        )}
      </Part>
      <Part label={t('library.work.howMany')}>
        <span className="pb-duration">
          <InputNumber
            min={1}
            max={step.talks || step.count ? 1000 : 100}
            aria-label={t('library.work.howMany')}
            value={step.count ?? step.share ?? null}
            onChange={(many) =>
              many && set(step.talks || step.count ? { count: Math.round(many) } : { share: many })
            }
          />
          {step.talks ? (
            <span className="zk-quiet">{t('library.work.pieces')}</span>
          ) : (
            <Select
              aria-label={t('library.unit')}
              value={step.count ? 'count' : 'share'}
              onChange={(unit) =>
                set(
                  unit === 'count'
                    ? { count: step.share ? Math.round(step.share) : 10, share: undefined }
                    : { share: Math.min(step.count ?? 20, 100), count: undefined },
                )
              }
              options={[
                { value: 'share', label: t('library.work.percent') },
                { value: 'count', label: t('library.work.pieces') },
              ]}
            />
          )}
        </span>
      </Part>
      {step.talks ? (
        <Part label={t('library.work.scorecard')} hint={t('library.work.scorecardHint')}>
          <span className="pb-row pb-wrap">
            <Select
              aria-label={t('library.work.scorecard')}
              value={step.into}
              onChange={(into) => set({ into })}
              options={having(cardFields)}
            />
            <Select
              aria-label={t('library.work.listOf')}
              value={step.under}
              onChange={(under) => set({ under })}
              options={having(listFields)}
            />
          </span>
        </Part>
      ) : null}
    </>
  );
}
