import { Checkbox, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { RecordKind } from '#contracts/pack.ts';
import { ConditionEditor } from './edit-condition.tsx';
import { OptionRows } from './edit-options.tsx';
import { AddButton, BothWords, DurationEditor, Part, RemoveButton } from './edit-parts.tsx';
import { changed, FieldPick, fieldsOf, FieldsPick, filled, some, StatesPick, without } from './edit-pick.tsx';
import type { KindProps } from './edit-pick.tsx';
import { tones } from './saying-kinds.ts';
import { useDoers, useNames } from './use-names.ts';

type State = NonNullable<RecordKind['states']>[number];
type Move = NonNullable<RecordKind['moves']>[number];

/** A state keeps its key: moves, conditions and records name it by that, whatever it is called. */
export function StatesPart({ kind, set }: KindProps) {
  const { t } = useTranslation();
  const { language } = useNames();
  if (!kind.states)
    return (
      <AddButton
        label={t('library.addState')}
        onClick={() =>
          set({
            states: [
              { key: 'open', zh: '处理中', en: 'Open', tone: 'active' },
              { key: 'done', zh: '已完成', en: 'Done', tone: 'good', final: true },
            ],
          })
        }
      />
    );
  return (
    <OptionRows<State>
      label={t('library.part.states')}
      options={kind.states}
      add={t('library.addState')}
      onChange={(states) => set({ states })}
      beside={(state, change) => (
        <>
          <Select
            allowClear
            aria-label={t('library.tone')}
            placeholder={t('library.tone')}
            value={state.tone}
            onChange={(tone?: State['tone']) => change(filled({ ...state, tone }))}
            options={(['neutral', 'active', 'good', 'bad'] as const).map((value) => ({
              value,
              label: tones[value][language],
            }))}
          />
          <Checkbox
            checked={state.final ?? false}
            onChange={({ target }) => change(filled({ ...state, final: target.checked || undefined }))}
          >
            {t('library.final')}
          </Checkbox>
        </>
      )}
    />
  );
}

export function MovesPart({ pack, kind, at, set }: KindProps) {
  const { t } = useTranslation();
  const moves = kind.moves ?? [];
  const states = kind.states ?? [];
  const put = (i: number, patch: Partial<Move>) =>
    set({ moves: changed(moves, i, filled({ ...moves[i]!, ...patch })) });
  return (
    <>
      {moves.map((move, i) => (
        <MoveEditor
          // oxlint-disable-next-line react/no-array-index-key -- moves have no name of their own
          key={i}
          pack={pack}
          kind={kind}
          at={at}
          move={move}
          set={(patch) => put(i, patch)}
          onRemove={() => set({ moves: some(without(moves, i)) })}
        />
      ))}
      <AddButton
        label={t('library.addMove')}
        disabled={states.length < 2}
        onClick={() =>
          set({
            moves: [...moves, { from: [states[0]!.key], to: states.at(-1)!.key, zh: '变更', en: 'Move' }],
          })
        }
      />
    </>
  );
}

/** anybody: no roles named · playbook: none of them · chosen: these. */
const whoMoves = ({ roles }: Move) =>
  roles === undefined ? 'anybody' : roles.length === 0 ? 'playbook' : 'chosen';

function MoveEditor(props: {
  pack: KindProps['pack'];
  kind: RecordKind;
  at: string;
  move: Move;
  set: (patch: Partial<Move>) => void;
  onRemove: () => void;
}) {
  const { t } = useTranslation();
  const { language } = useNames();
  const { pack, kind, move, set } = props;
  const { roles } = useDoers(pack, { roles: move.roles });
  const who = whoMoves(move);
  return (
    <div className="pb-way-row">
      <span className="pb-row">
        <BothWords label={t('library.moveName')} value={move} onChange={(words) => set(words)} />
        <RemoveButton onClick={props.onRemove} />
      </span>
      <span className="pb-row pb-wrap">
        <StatesPick
          kind={kind}
          label={t('library.moveFrom')}
          value={move.from}
          onChange={(from) => from.length > 0 && set({ from })}
        />
        →
        <Select
          className="pb-fact"
          aria-label={t('library.moveInto')}
          value={move.to}
          onChange={(to) => set({ to })}
          options={(kind.states ?? []).map((state) => ({ value: state.key, label: state[language] }))}
        />
      </span>
      <span className="pb-row pb-wrap">
        <Select
          aria-label={t('library.moveRoles')}
          prefix={t('library.moveRoles')}
          value={who}
          onChange={(next) =>
            set({
              roles: next === 'anybody' ? undefined : next === 'playbook' ? [] : ['supervisor'],
            })
          }
          options={[
            { value: 'anybody', label: t('library.moveAnybody') },
            { value: 'playbook', label: t('library.movePlaybook') },
            { value: 'chosen', label: t('library.moveChosen') },
          ]}
        />
        {who === 'chosen' ? (
          <Select
            mode="multiple"
            className="pb-who"
            aria-label={t('library.moveRoles')}
            value={move.roles ?? []}
            onChange={(next) => next.length > 0 && set({ roles: next })}
            options={roles}
          />
        ) : null}
      </span>
      <ConditionEditor
        pack={pack}
        of={kind}
        filling
        value={move.if}
        onChange={(condition) =>
          set({
            if: condition,
            refused: condition
              ? (move.refused ?? { zh: '条件还不满足', en: 'The condition does not hold yet' })
              : undefined,
          })
        }
      />
      {move.refused ? (
        <Part label={t('library.refusedWords')}>
          <BothWords
            label={t('library.refusedWords')}
            value={move.refused}
            onChange={(refused) => set({ refused })}
          />
        </Part>
      ) : null}
    </div>
  );
}

export function FixedPart({ kind, set }: KindProps) {
  const { t } = useTranslation();
  const fixed = kind.fixed ?? [];
  const states = kind.states ?? [];
  return (
    <>
      {fixed.map((one, i) => (
        // oxlint-disable-next-line react/no-array-index-key -- rules have no name of their own
        <span key={i} className="pb-row pb-wrap">
          <StatesPick
            kind={kind}
            label={t('library.whileStates')}
            value={one.while}
            onChange={(next) => next.length > 0 && set({ fixed: changed(fixed, i, { ...one, while: next }) })}
          />
          <FieldsPick
            kind={kind}
            label={t('library.whichFields')}
            value={one.fields}
            onChange={(fields) => fields.length > 0 && set({ fixed: changed(fixed, i, { ...one, fields }) })}
          />
          <RemoveButton onClick={() => set({ fixed: some(without(fixed, i)) })} />
          <BothWords
            label={t('library.insteadWords')}
            value={one.refused ?? { zh: '', en: '' }}
            onChange={(refused) => {
              const { refused: _, ...rest } = one;
              set({ fixed: changed(fixed, i, refused.zh || refused.en ? { ...rest, refused } : rest) });
            }}
          />
        </span>
      ))}
      <AddButton
        label={t('library.addRule')}
        disabled={states.length === 0}
        onClick={() =>
          set({ fixed: [...fixed, { fields: [kind.fields[0]!.key], while: [states.at(-1)!.key] }] })
        }
      />
    </>
  );
}

export function UniquePart({ kind, set }: KindProps) {
  const { t } = useTranslation();
  const unique = kind.unique ?? [];
  const times = fieldsOf(kind, ['instant', 'date']);
  const put = (i: number, patch: Partial<(typeof unique)[number]>) =>
    set({ unique: changed(unique, i, filled({ ...unique[i]!, ...patch })) });
  return (
    <>
      {unique.map((one, i) => (
        // oxlint-disable-next-line react/no-array-index-key -- rules have no name of their own
        <div key={i} className="pb-way-row">
          <span className="pb-row pb-wrap">
            <FieldsPick
              kind={kind}
              label={t('library.whichFields')}
              value={one.fields}
              onChange={(fields) => fields.length > 0 && put(i, { fields })}
            />
            {kind.states ? (
              <StatesPick
                kind={kind}
                label={t('library.whileStates')}
                empty={t('library.anyState')}
                value={one.while}
                onChange={(next) => put(i, { while: some(next) })}
              />
            ) : null}
            <RemoveButton onClick={() => set({ unique: some(without(unique, i)) })} />
          </span>
          {times.length > 0 ? (
            <span className="pb-row pb-wrap">
              <FieldPick
                kind={kind}
                label={t('library.apartField')}
                types={['instant', 'date']}
                empty={t('library.unset')}
                value={one.apart?.field}
                onChange={(field) =>
                  put(i, { apart: field ? { field, by: one.apart?.by ?? '1h' } : undefined })
                }
              />
              {one.apart ? (
                <DurationEditor
                  label={t('library.apart')}
                  value={one.apart.by}
                  onChange={(by) => by && put(i, { apart: { ...one.apart!, by } })}
                />
              ) : null}
              <span className="zk-quiet">{t('library.apart')}</span>
            </span>
          ) : null}
          <Part label={t('library.sameWords')}>
            <BothWords
              label={t('library.sameWords')}
              value={one.refused}
              onChange={(refused) => put(i, { refused })}
            />
          </Part>
        </div>
      ))}
      <AddButton
        label={t('library.addRule')}
        onClick={() =>
          set({
            unique: [
              ...unique,
              {
                fields: [kind.fields[0]!.key],
                refused: { zh: '已有相同的记录', en: 'There is one already' },
              },
            ],
          })
        }
      />
    </>
  );
}
