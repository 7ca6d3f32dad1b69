import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Form, Input, Select } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { operators } from '#contracts/conditions.ts';
import type { Condition, Scalar } from '#contracts/conditions.ts';
import { comparisonsOf } from '#contracts/view-facts.ts';
import type { Pack, RecordKind } from '#contracts/pack.ts';
import { boxKinds, conditionOf, isBox, nodesOf } from './condition-tree.ts';
import type { Box, Node, Row } from './condition-tree.ts';
import { factsOf, fieldAt, namesOfFacts, sayCondition, valuesOf } from './saying.ts';
import type { Seen } from './saying.ts';
import { useNames, useSeen } from './use-names.ts';

const numeric = ['number', 'money'];
/** What was typed for a fact: a number where the fact is one or none knows better, words for a field of words. */
const scalarFor = (pack: Seen, path: string, text: string): Scalar => {
  if (pack.known && pack.known[path]?.type !== 'number') return text;
  const known = fieldAt(pack, path);
  if (known && !numeric.includes(known.type) && known.type !== 'yes') return text;
  // As a Chinese keyboard writes it: ５ is 5.
  const half = text.normalize('NFKC');
  return String(Number(half)) === half ? Number(half) : text;
};
const chosenFor = (pack: Seen, path: string, key: string): Scalar =>
  valuesOf(pack, path)?.some((one) => one.key === 'true') ? key === 'true' : key;
const listed = ['is', 'not', 'in', 'has', 'startsWith'];
/** Comparisons that mean something for the fact. */
const operatorsOf = (pack: Seen, path: string) =>
  Object.entries(operators).filter(([name]) => !pack.known || comparisonsOf(path).includes(name));

/** The value of a row: chosen where the fact is one of a list, yes or no for "is empty", written otherwise. */
function ValueEditor(props: { pack: Seen; row: Row; onChange: (wanted: Row['wanted']) => void }) {
  const { t } = useTranslation();
  const { language } = useNames();
  const { pack, row, onChange } = props;
  const several = row.operator === 'in' || Array.isArray(row.wanted);
  const given = ([row.wanted].flat() as Scalar[]).map(String).filter((one) => one !== '');
  const values =
    row.operator === 'empty'
      ? valuesOf(pack, 'ticket.complaint')
      : listed.includes(row.operator)
        ? valuesOf(pack, row.path)
        : undefined;
  const label = t('library.value');
  if (row.operator === 'empty')
    return (
      <Select
        className="pb-value"
        aria-label={label}
        value={String(row.wanted)}
        onChange={(key) => onChange(key === 'true')}
        options={values!.map((one) => ({ value: one.key, label: one[language] }))}
      />
    );
  const options = (values ?? []).map((one) => ({ value: one.key, label: one[language] }));
  if (several)
    return (
      <Select
        className="pb-value"
        mode={options.length > 0 ? 'multiple' : 'tags'}
        aria-label={label}
        value={given}
        onChange={(next) =>
          onChange(
            next.map((one) =>
              options.length > 0 ? chosenFor(pack, row.path, one) : scalarFor(pack, row.path, one),
            ),
          )
        }
        options={options}
      />
    );
  return options.length > 0 ? (
    <Select
      className="pb-value"
      aria-label={label}
      value={given[0]}
      onChange={(key) => onChange(chosenFor(pack, row.path, key))}
      options={options}
    />
  ) : (
    <Input
      aria-label={label}
      value={given[0] ?? ''}
      onChange={(event) => onChange(scalarFor(pack, row.path, event.target.value))}
    />
  );
}

/** A value that fits the comparison after the fact or the comparison was changed. */
const fitting = (pack: Seen, { path, operator: asked, wanted }: Row, fresh: boolean): Row => {
  const possible = operatorsOf(pack, path).map(([name]) => name);
  // A branch of the tree is asked for with all that is below it.
  const usually = fresh && pack.known && path === 'ticket.category' ? 'startsWith' : asked;
  const operator = possible.includes(usually) ? usually : possible[0]!;
  if (operator === 'empty') return { path, operator, wanted: typeof wanted === 'boolean' ? wanted : true };
  const first = listed.includes(operator) ? valuesOf(pack, path)?.[0]?.key : undefined;
  const usual = first === undefined ? '' : chosenFor(pack, path, first);
  const one = fresh || typeof wanted === 'boolean' ? usual : (([wanted].flat() as Scalar[])[0] ?? usual);
  const list = [wanted].flat() as Scalar[];
  return { path, operator, wanted: operator === 'in' ? (fresh ? [usual] : list) : one };
};

function RowEditor(props: {
  pack: Seen;
  facts: readonly string[];
  row: Row;
  onChange: (row: Row) => void;
  onRemove: () => void;
}) {
  const { t } = useTranslation();
  const { language } = useNames();
  const { pack, row, onChange } = props;
  const names = namesOfFacts(pack, language);
  return (
    <span className="pb-row">
      <Select
        className="pb-fact"
        aria-label={t('library.fact')}
        showSearch={{ optionFilterProp: 'label' }}
        value={row.path}
        onChange={(path) => onChange(fitting(pack, { ...row, path }, true))}
        options={[...new Set([row.path, ...props.facts])].map((path) => ({
          value: path,
          label: names.path(path),
        }))}
      />
      <Select
        aria-label={t('library.operator')}
        value={row.operator}
        onChange={(operator) => onChange(fitting(pack, { ...row, operator }, false))}
        options={operatorsOf(pack, row.path).map(([value, word]) => ({
          value,
          label:
            value === 'startsWith' && row.path === 'ticket.category'
              ? t('library.within')
              : word[language].replace('…', '').trim(),
        }))}
      />
      <ValueEditor pack={pack} row={row} onChange={(wanted) => onChange({ ...row, wanted })} />
      <Button
        type="text"
        aria-label={t('library.remove')}
        icon={<DeleteOutlined />}
        onClick={props.onRemove}
      />
    </span>
  );
}

/** Rows and boxes; a box holds rows and boxes again. */
function NodesEditor(props: {
  pack: Seen;
  facts: readonly string[];
  nodes: Node[];
  /** The box these stand in; all at the top must hold. */ within?: Box['box'];
  wrong?: (row: Row) => boolean;
  onChange: (nodes: Node[]) => void;
}) {
  const { t } = useTranslation();
  const { pack, nodes, within = 'all', onChange } = props;
  // A box of all within all says nothing of its own.
  const plain = within === 'all' || within === 'notAll';
  const put = (at: number, node: Node) => onChange(nodes.map((one, i) => (i === at ? node : one)));
  const remove = (at: number) => onChange(nodes.filter((_, i) => i !== at));
  const asked = new Set(nodes.flatMap((node) => (isBox(node) ? [] : [node.path])));
  const unasked = pack.known && props.facts.find((path) => !asked.has(path));
  const row: Row = unasked
    ? fitting(pack, { path: unasked, operator: 'is', wanted: '' }, true)
    : { path: 'ticket.priority', operator: 'is', wanted: 'P1' };
  const taken = (box: Box, nodesIn: Node[], at: number) =>
    nodesIn.length === 0 ? remove(at) : put(at, { ...box, nodes: nodesIn });
  return (
    <>
      {nodes.map((node, i) =>
        !isBox(node) ? (
          // oxlint-disable-next-line react/no-array-index-key -- rows have no name of their own
          <Form.Item key={i} noStyle validateStatus={props.wrong?.(node) ? 'error' : ''}>
            <RowEditor
              pack={pack}
              facts={props.facts}
              row={node}
              onChange={(next) => put(i, next)}
              onRemove={() => remove(i)}
            />
          </Form.Item>
        ) : (
          // oxlint-disable-next-line react/no-array-index-key -- boxes have no name of their own
          <div key={i} className="pb-box-of">
            <span className="pb-row">
              <Select
                className="pb-box-kind"
                aria-label={t('library.box.kind')}
                value={node.box}
                onChange={(box) => put(i, { ...node, box })}
                options={boxKinds
                  .filter((one) => one !== 'all' || !plain)
                  .map((one) => ({ value: one, label: t(`library.box.${one}`) }))}
              />
              <Button
                type="text"
                aria-label={t('library.box.remove')}
                icon={<DeleteOutlined />}
                onClick={() => remove(i)}
              />
            </span>
            <NodesEditor
              {...props}
              nodes={node.nodes}
              within={node.box}
              onChange={(inner) => taken(node, inner, i)}
            />
          </div>
        ),
      )}
      <span className="pb-buttons">
        <Button size="small" icon={<PlusOutlined />} onClick={() => onChange([...nodes, row])}>
          {t('library.addCondition')}
        </Button>
        <Button
          size="small"
          icon={<PlusOutlined />}
          onClick={() => onChange([...nodes, { box: plain ? 'any' : 'all', nodes: [row, row] }])}
        >
          {t('library.box.add')}
        </Button>
      </span>
    </>
  );
}

/** A condition as rows of fact, comparison and value, with boxes for "one of" and "none of", and its sentence below. */
export function ConditionEditor(props: {
  pack: Pack & Pick<Seen, 'known'>;
  value: Condition | undefined;
  /** The one kind whose records are judged; those of the pack unless told. */ of?: RecordKind;
  /** Asks about what is just being filled in. */ filling?: boolean;
  /** Rows to be shown as at fault. */ wrong?: (row: Row) => boolean;
  onChange: (value: Condition | undefined) => void;
}) {
  const { t } = useTranslation();
  const { language } = useNames();
  const { of, filling } = props;
  const all = useSeen(props.pack);
  const seen = useMemo(
    () => (of ? { ...all, records: [of], others: [...all.records, ...(all.others ?? [])] } : all),
    [all, of],
  );
  const facts = useMemo(() => factsOf(seen, filling), [seen, filling]);
  const sentence = sayCondition(seen, props.value, language);
  return (
    <div className="pb-condition">
      {/* The form that this is a field of would turn every row red. */}
      <Form.Item noStyle validateStatus="">
        <NodesEditor
          pack={seen}
          facts={facts}
          nodes={nodesOf(props.value)}
          wrong={props.wrong}
          onChange={(nodes) => props.onChange(conditionOf(nodes))}
        />
      </Form.Item>
      {sentence && !of ? (
        <span className="zk-quiet">{t('library.onlyIf', { condition: sentence })}</span>
      ) : null}
    </div>
  );
}
