import { InputNumber, Select, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import { ticketMarks } from '#contracts/figures.ts';
import type { Pack, Step } from '#contracts/pack.ts';
import { AmongEditor, SetEditor, SpanEditor, fieldOptions, kindOptions } from './edit-among.tsx';
import { AddButton, Part, RemoveButton } from './edit-parts.tsx';
import type { Props } from './edit-work.tsx';
import { valuesOf } from './saying.ts';
import { kindIn, results, through } from './saying-work.ts';
import { useNames, useSeen } from './use-names.ts';

type Figure = NonNullable<Step['figures']>[string];
const figureKinds = [
  'count',
  'sum',
  'tally',
  'list',
  'share',
  'tickets',
  'talks',
  'drawn',
  'change',
] as const;
type FigureKind = (typeof figureKinds)[number];
const kindOfFigure = (figure: Figure): FigureKind =>
  figureKinds.find((one) => (one === 'share' ? 'share' in figure : one in figure))!;
const amongIn = (figure: Figure | undefined) =>
  figure && 'count' in figure
    ? figure.count
    : figure && 'share' in figure
      ? figure.share
      : figure && ('sum' in figure || 'list' in figure || 'tally' in figure)
        ? figure.of
        : undefined;

/** collect: a record whose fields are figures of others. */
export function CollectParts({ pack, step, set }: Props) {
  const { t } = useTranslation();
  const { language } = useNames();
  const seen = useSeen(pack);
  const figures = Object.entries(step.figures ?? {});
  const put = (next: [string, Figure][]) =>
    set({ figures: next.length > 0 ? Object.fromEntries(next) : undefined });
  const into = fieldOptions(seen, step.into, language);
  const free = into.filter(({ value }) => value !== step.each && !figures.some(([field]) => field === value));
  const counted = figures.map(([, figure]) => amongIn(figure)).find(Boolean);
  const usual = { kind: counted?.kind ?? pack.records[0]?.key ?? seen.records[0]?.key ?? '' };
  const each = fieldOptions(seen, counted?.kind, language).filter(({ value }) =>
    into.some((one) => one.value === value),
  );
  return (
    <>
      <Part label={t('library.work.into')} hint={t('library.work.intoHint')}>
        <Select
          className="pb-who"
          aria-label={t('library.work.into')}
          placeholder={t('library.work.chooseKind')}
          showSearch={{ optionFilterProp: 'label' }}
          value={step.into}
          onChange={(next) => set({ into: next, figures: undefined, each: undefined })}
          options={kindOptions(seen, language)}
        />
      </Part>
      {step.into ? (
        <Part label={t('library.work.figures')}>
          {figures.map(([field, figure], i) => (
            <div key={field} className="pb-field">
              <FigureEditor
                pack={pack}
                into={step.into}
                field={field}
                fields={[...into.filter(({ value }) => value === field), ...free]}
                others={figures
                  .filter(([other]) => other !== field)
                  .map(
                    ([other]) => into.find(({ value }) => value === other) ?? { value: other, label: other },
                  )}
                figure={figure}
                usual={counted ?? usual}
                onChange={(key, next) => put(figures.map((one, n) => (n === i ? [key, next] : one)))}
                onRemove={() => put(figures.filter((_, n) => n !== i))}
              />
            </div>
          ))}
          <AddButton
            label={t('library.work.addFigure')}
            disabled={free.length === 0}
            onClick={() => put([...figures, [free[0]!.value, { count: counted ?? usual }]])}
          />
        </Part>
      ) : null}
      {each.length > 0 || step.each ? (
        <Part label={t('library.work.eachValue')} hint={t('library.work.eachHint')}>
          <Select
            allowClear
            aria-label={t('library.work.eachValue')}
            placeholder={t('library.work.oneReport')}
            value={step.each}
            onChange={(next) => set({ each: next })}
            options={each}
          />
        </Part>
      ) : null}
      <MarkEditor pack={pack} step={step} set={set} usual={counted} />
    </>
  );
}

function FigureEditor(props: {
  pack: Pack;
  into: string | undefined;
  field: string;
  fields: { value: string; label: string }[];
  others: { value: string; label: string }[];
  figure: Figure;
  usual: { kind: string };
  onChange: (field: string, figure: Figure) => void;
  onRemove: () => void;
}) {
  const { t } = useTranslation();
  const { language } = useNames();
  const seen = useSeen(props.pack);
  const { field, figure } = props;
  const what = kindOfFigure(figure);
  const set = (next: Figure) => props.onChange(field, next);
  const among = amongIn(figure);
  const samples = props.pack.steps.filter(({ kind, talks }) => kind === 'sample' && !talks);
  const begun = (kind: FigureKind): Figure => {
    const of = among ?? props.usual;
    const first = fieldOptions(seen, of.kind, language)[0]?.value ?? 'number';
    const other = props.others[0]?.value ?? field;
    switch (kind) {
      case 'count':
        return { count: of };
      case 'share':
        return { share: of };
      case 'sum':
        return {
          sum: fieldOptions(seen, of.kind, language, ['number', 'money'])[0]?.value ?? first,
          of,
        };
      case 'tally':
        return { tally: first, of };
      case 'list':
        return { list: first, of };
      case 'talks':
        return { talks: 'response', over: { last: 'month' } };
      case 'tickets':
        return { tickets: 'received', over: { last: 'month' } };
      case 'drawn':
        return { drawn: samples[0]?.key ?? '', as: 'list', over: { last: 'week' } };
      case 'change':
        return { change: other, since: props.others[1]?.value ?? other };
    }
  };
  const name =
    'sum' in figure ? figure.sum : 'list' in figure ? figure.list : 'tally' in figure ? figure.tally : '';
  return (
    <>
      <span className="pb-row pb-wrap">
        <Select
          className="pb-fact"
          aria-label={t('library.field')}
          value={field}
          onChange={(next) => props.onChange(next, figure)}
          options={props.fields}
        />
        <Select
          aria-label={t('library.work.figure.kind')}
          value={what}
          onChange={(kind) => set(begun(kind))}
          options={figureKinds
            .filter((one) => one !== 'drawn' || samples.length > 0 || what === 'drawn')
            .map((one) => ({ value: one, label: t(`library.work.figure.${one}`) }))}
        />
        {name && among ? (
          <Select
            aria-label={t('library.work.ofField')}
            value={name}
            onChange={(next) => set({ [what]: next, of: among } as Figure)}
            options={[
              ...(what === 'sum'
                ? []
                : (['number', 'title', 'state'] as const).map((one) => ({
                    value: one as string,
                    label: t(`library.work.record.${one}`),
                  }))),
              ...fieldOptions(seen, among.kind, language, what === 'sum' ? ['number', 'money'] : undefined),
            ]}
          />
        ) : null}
        {'talks' in figure ? (
          <SpanEditor
            needed
            value={figure.over}
            onChange={(over) => set({ talks: 'response', ...(over ? { over } : {}) })}
          />
        ) : null}
        {'drawn' in figure ? (
          <>
            <Select
              aria-label={t('library.work.drawnBy')}
              value={figure.drawn}
              onChange={(drawn) => set({ ...figure, drawn })}
              options={samples.map((one) => ({ value: one.key, label: one.name[language] }))}
            />
            <Select
              aria-label={t('library.work.tickets.as')}
              value={figure.as ?? 'count'}
              onChange={(as) => set({ ...figure, as })}
              options={(['count', 'open', 'done', 'tally', 'list'] as const).map((one) => ({
                value: one,
                label: results[one]![language],
              }))}
            />
            <SpanEditor
              needed
              value={figure.over}
              onChange={(over) => set({ ...figure, ...(over ? { over } : {}) })}
            />
          </>
        ) : null}
        {'change' in figure
          ? (['change', 'since'] as const).map((side) => (
              <Select
                key={side}
                aria-label={t(`library.work.figure.${side}Of`)}
                prefix={t(`library.work.figure.${side}Of`)}
                value={figure[side]}
                onChange={(next) => set({ ...figure, [side]: next })}
                options={props.others}
              />
            ))
          : null}
        <RemoveButton onClick={props.onRemove} />
      </span>
      {'tickets' in figure ? <TicketFigure figure={figure} onChange={set} /> : null}
      {among ? (
        <AmongEditor
          pack={props.pack}
          label={t('library.work.ofWhich')}
          value={among}
          onChange={(next) =>
            set(
              'count' in figure
                ? { count: next }
                : 'share' in figure
                  ? { ...figure, share: next }
                  : ({ ...figure, of: next } as Figure),
            )
          }
        />
      ) : null}
      {'share' in figure ? (
        <span className="pb-row">
          <Switch
            aria-label={t('library.work.onlyWhether')}
            checked={figure.atLeast !== undefined}
            onChange={(on) => set({ share: figure.share, ...(on ? { atLeast: 10 } : {}) })}
          />
          <span className="zk-quiet">{t('library.work.onlyWhether')}</span>
          {figure.atLeast === undefined ? null : (
            <InputNumber
              min={0}
              max={100}
              aria-label={t('library.work.percent')}
              value={figure.atLeast}
              onChange={(atLeast) => set({ share: figure.share, atLeast: atLeast ?? 0 })}
            />
          )}
        </span>
      ) : null}
    </>
  );
}

type TicketsFigure = Extract<Figure, { tickets: unknown }>;
function TicketFigure({ figure, onChange }: { figure: TicketsFigure; onChange: (figure: Figure) => void }) {
  const { t } = useTranslation();
  const marks = ticketMarks.map((one) => ({ value: one as string, label: t(`tickets.mark.${one}`) }));
  const set = (patch: Partial<TicketsFigure>) =>
    onChange(
      Object.fromEntries(
        Object.entries({ ...figure, ...patch }).filter(([, value]) => value !== undefined),
      ) as TicketsFigure,
    );
  return (
    <span className="pb-row pb-wrap">
      <SpanEditor value={figure.over} onChange={(over) => set({ over })} />
      <Select
        aria-label={t('library.work.tickets.which')}
        value={figure.tickets as string}
        onChange={(tickets) => set({ tickets: tickets as TicketsFigure['tickets'] })}
        options={[
          { value: 'received', label: t('library.work.tickets.received') },
          { value: 'open', label: t('library.work.tickets.open') },
          ...marks,
        ]}
      />
      <Select
        aria-label={t('library.work.tickets.as')}
        value={figure.of ? 'share' : (figure.as ?? 'count')}
        onChange={(as) =>
          as === 'share'
            ? set({ of: 'resolved', as: undefined })
            : set({ of: undefined, as: as === 'count' ? undefined : (as as TicketsFigure['as']) })
        }
        options={(['count', 'csat', 'hours', 'list', 'share'] as const).map((one) => ({
          value: one,
          label: t(`library.work.tickets.${one}`),
        }))}
      />
      {figure.of ? (
        <Select
          aria-label={t('library.work.tickets.share')}
          value={figure.of as string}
          onChange={(of) => set({ of: of as TicketsFigure['of'] })}
          options={marks}
        />
      ) : null}
    </span>
  );
}

/** What was summed up is marked, so that it is taken in once. */
function MarkEditor({ pack, step, set, usual }: Props & { usual: { kind: string } | undefined }) {
  const { t } = useTranslation();
  const { language } = useNames();
  const seen = useSeen(pack);
  const { mark } = step;
  const own = through(seen, mark?.among.kind);
  const put = (next: NonNullable<Step['mark']>) =>
    set({
      mark: Object.fromEntries(
        Object.entries(next).filter(([, value]) => value !== undefined),
      ) as Step['mark'],
    });
  const first = usual ?? (pack.records[0] && { kind: pack.records[0].key });
  return (
    <Part label={t('library.work.mark')} hint={t('library.work.markHint')}>
      <Switch
        aria-label={t('library.work.mark')}
        checked={mark !== undefined}
        disabled={!first}
        onChange={(on) => set({ mark: on ? { among: first! } : undefined })}
      />
      {mark ? (
        <>
          <AmongEditor
            pack={pack}
            label={t('library.work.mark')}
            value={mark.among}
            onChange={(among) => put({ ...mark, among })}
          />
          <span className="pb-row">
            <span className="zk-quiet">{t('library.moveTo')}</span>
            <Select
              allowClear
              aria-label={t('library.moveTo')}
              placeholder={t('library.work.staysInState')}
              value={mark.move}
              onChange={(move) => put({ ...mark, move })}
              options={(kindIn(own, mark.among.kind)?.states ?? []).map((state) => ({
                value: state.key,
                label: state[language],
              }))}
            />
          </span>
          <span className="pb-row">
            <span className="zk-quiet">{t('library.work.numberInto')}</span>
            <Select
              allowClear
              aria-label={t('library.work.numberInto')}
              placeholder={t('library.work.nowhere')}
              value={Object.entries(mark.set ?? {}).find(([, value]) => value === '{number}')?.[0]}
              onChange={(field?: string) => {
                const kept = Object.entries(mark.set ?? {}).filter(([, value]) => value !== '{number}');
                const next = field ? [...kept, [field, '{number}']] : kept;
                put({ ...mark, set: next.length > 0 ? Object.fromEntries(next) : undefined });
              }}
              options={fieldOptions(seen, mark.among.kind, language, ['text', 'long'])}
            />
          </span>
          <SetEditor
            pack={pack}
            plain
            fields={fieldOptions(seen, mark.among.kind, language).filter(
              ({ value }) => mark.set?.[value] !== '{number}',
            )}
            valuesOf={(field) => valuesOf(own, `record.${field}`)?.filter(({ key }) => key !== 'true')}
            typeOf={() => undefined}
            facts={[]}
            value={Object.fromEntries(
              Object.entries(mark.set ?? {}).filter(([, value]) => value !== '{number}'),
            )}
            onChange={(fixed) => {
              const number = Object.entries(mark.set ?? {}).filter(([, value]) => value === '{number}');
              const next = [
                ...number,
                ...Object.entries(fixed ?? {}).map(([field, value]) => [field, String(value)] as const),
              ];
              put({ ...mark, set: next.length > 0 ? Object.fromEntries(next) : undefined });
            }}
          />
        </>
      ) : null}
    </Part>
  );
}
