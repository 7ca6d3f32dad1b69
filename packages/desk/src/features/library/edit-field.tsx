import { Checkbox, Input, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { inHandFacts } from '#contracts/pack.ts';
import type { Field, Pack } from '#contracts/pack.ts';
import { kindOptions } from './edit-among.tsx';
import { ConditionEditor } from './edit-condition.tsx';
import { AddButton, BothWords, Part, RemoveButton } from './edit-parts.tsx';
import { filled, PatternBox } from './edit-pick.tsx';
import { Fold } from './fold.tsx';
import { factsOf, variableNames } from './saying.ts';
import { sayField, sayFrom } from './saying-kinds.ts';
import { kindIn } from './saying-work.ts';
import { useDoers, useNames, useSeen } from './use-names.ts';

const sized: readonly Field['type'][] = ['number', 'money'];
const written: readonly Field['type'][] = ['text', 'long', 'phone', 'email'];
/** Known only where a field begins. */
const beginnings = ['ticket.recurring', 'ticket.earlier', ...inHandFacts.map((one) => `me.${one}`)];

/** What a field asks beside its name, type and options. */
export function FieldMore(props: {
  pack: Pack;
  field: Field;
  /** All of the form: what a record chosen in one of them holds may be taken over. */ beside: readonly Field[];
  /** Place of the field in the pack. */ at: string;
  onChange: (field: Field) => void;
}) {
  const { t } = useTranslation();
  const { language, names } = useNames();
  const { pack, field } = props;
  const seen = useSeen(pack);
  const { roles } = useDoers(pack, { roles: field.by });
  const set = (patch: Partial<Field>) => props.onChange(filled({ ...field, ...patch }));
  const usuallyMasked = field.type === 'phone' || field.type === 'email';
  const facts = [
    ...new Set([
      ...(field.from ? [field.from] : []),
      ...Object.keys(variableNames),
      ...props.beside.flatMap((one) =>
        one.type === 'record' && one.kind
          ? (kindIn(seen, one.kind)?.fields ?? []).map(({ key }) => `data.${one.key}.${key}`)
          : [],
      ),
      ...factsOf(seen),
      ...beginnings,
    ]),
  ].map((value) => ({ value, label: sayFrom(seen, value, language) }));
  return (
    <Fold
      label={t('library.field.more')}
      aside={`${field[language]} · ${field.key}`}
      said={sayField(seen, field, language, names)}
      at={props.at}
    >
      <Part label={t('library.field.showIf')}>
        <ConditionEditor pack={pack} filling value={field.showIf} onChange={(showIf) => set({ showIf })} />
      </Part>
      {field.type === 'record' ? (
        <Part label={t('library.field.kind')}>
          <Select
            className="pb-fact"
            aria-label={t('library.field.kind')}
            showSearch={{ optionFilterProp: 'label' }}
            value={field.kind}
            onChange={(kind) => set({ kind })}
            options={kindOptions(seen, language)}
          />
        </Part>
      ) : null}
      {sized.includes(field.type) || field.min !== undefined || field.max !== undefined ? (
        <Part label={t('library.field.range')}>
          <span className="pb-row">
            {(['min', 'max'] as const).map((side) => (
              <InputNumber
                key={side}
                aria-label={t(`library.field.${side}`)}
                prefix={t(`library.field.${side}`)}
                value={field[side] ?? null}
                onChange={(value) => set({ [side]: value ?? undefined })}
              />
            ))}
          </span>
        </Part>
      ) : null}
      {written.includes(field.type) || field.pattern ? (
        <PatternBox
          label={t('library.field.pattern')}
          value={field.pattern}
          onChange={(pattern) => set({ pattern })}
        />
      ) : null}
      <Part label={t('library.field.from')}>
        <Select
          allowClear
          className="pb-fact"
          aria-label={t('library.field.from')}
          placeholder={t('library.field.nothing')}
          showSearch={{ optionFilterProp: 'label' }}
          value={field.from}
          onChange={(from?: string) => set({ from })}
          options={facts}
        />
      </Part>
      <Part label={t('library.field.default')}>
        <DefaultEditor field={field} onChange={(value) => set({ default: value })} />
      </Part>
      <Part label={t('library.field.help')}>
        {field.help ? (
          <span className="pb-row">
            <BothWords
              label={t('library.field.help')}
              value={field.help}
              onChange={(help) => set({ help })}
            />
            <RemoveButton onClick={() => set({ help: undefined })} />
          </span>
        ) : (
          <AddButton label={t('library.field.addHelp')} onClick={() => set({ help: { zh: '', en: '' } })} />
        )}
      </Part>
      <Part label={t('library.field.by')}>
        <Select
          mode="multiple"
          className="pb-who"
          aria-label={t('library.field.by')}
          placeholder={t('library.field.anybody')}
          value={field.by ?? []}
          onChange={(by) => set({ by: by.length > 0 ? by : undefined })}
          options={roles}
        />
      </Part>
      <Checkbox
        checked={field.masked ?? usuallyMasked}
        onChange={({ target: { checked } }) =>
          set({ masked: checked === usuallyMasked ? undefined : checked })
        }
      >
        {t('library.field.masked')} <span className="zk-quiet">{t('library.field.maskedHint')}</span>
      </Checkbox>
    </Fold>
  );
}

function DefaultEditor(props: { field: Field; onChange: (value: Field['default']) => void }) {
  const { t } = useTranslation();
  const { language } = useNames();
  const { field, onChange } = props;
  const label = t('library.field.default');
  if (field.type === 'yes')
    return (
      <Select
        allowClear
        aria-label={label}
        value={field.default === undefined ? undefined : String(field.default)}
        onChange={(value?: string) => onChange(value === undefined ? undefined : value === 'true')}
        options={[
          { value: 'true', label: { zh: '是', en: 'yes' }[language] },
          { value: 'false', label: { zh: '否', en: 'no' }[language] },
        ]}
      />
    );
  if (field.type === 'choice')
    return (
      <Select
        allowClear
        className="pb-fact"
        aria-label={label}
        value={field.default as string | undefined}
        onChange={(value?: string) => onChange(value)}
        options={(field.options ?? []).map((one) => ({ value: one.key, label: one[language] }))}
      />
    );
  if (sized.includes(field.type))
    return (
      <InputNumber
        aria-label={label}
        value={(field.default as number | undefined) ?? null}
        onChange={(value) => onChange(value ?? undefined)}
      />
    );
  return (
    <Input
      aria-label={label}
      value={field.default === undefined ? '' : String(field.default)}
      onChange={(event) => onChange(event.target.value || undefined)}
    />
  );
}
