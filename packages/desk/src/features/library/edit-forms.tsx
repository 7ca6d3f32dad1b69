import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { fieldTypes } from '#contracts/pack.ts';
import type { Field, Pack, RecordKind } from '#contracts/pack.ts';
import { ConditionEditor } from './edit-condition.tsx';
import { FieldMore } from './edit-field.tsx';
import { KindParts } from './edit-kind.tsx';
import { BothWords, Part, UpButton } from './edit-parts.tsx';
import { OptionRows } from './edit-options.tsx';
import { raised, without } from './edit-pick.tsx';

/** The forms and objects: their names and fields. A field added here is on screen, in lists, on paper and in sheets. */
export function EditForms(props: { pack: Pack; onChange: (pack: Pack) => void }) {
  const { t } = useTranslation();
  const { pack } = props;
  const change = (at: number, kind: RecordKind) =>
    props.onChange({ ...pack, records: pack.records.map((one, i) => (i === at ? kind : one)) });
  const add = () => {
    let n = pack.records.length + 1;
    while (pack.records.some(({ key }) => key === `${pack.key}_form_${n}`.slice(0, 40))) n += 1;
    const made: RecordKind = {
      key: `${pack.key}_form_${n}`.slice(0, 40),
      name: { zh: '新表单', en: 'New form' },
      is: 'form',
      title: '{{customer.name}}',
      fields: [{ key: 'content', zh: '内容', en: 'Content', type: 'long', required: true }],
    };
    props.onChange({ ...pack, records: [...pack.records, made] });
  };
  return (
    <>
      {pack.records.map((kind, i) => (
        <section key={kind.key} className="pb-kind" data-at={`/records/${i}`}>
          <Part label={t('library.name')}>
            <BothWords
              label={t('library.name')}
              value={kind.name}
              onChange={(name) => change(i, { ...kind, name })}
            />
          </Part>
          <Part label={t('library.edit.fields')}>
            <FieldsEditor
              pack={pack}
              at={`/records/${i}/fields`}
              fields={kind.fields}
              onChange={(fields) => change(i, { ...kind, fields })}
            />
          </Part>
          <KindParts pack={pack} kind={kind} at={`/records/${i}`} onChange={(next) => change(i, next)} />
        </section>
      ))}
      <Button icon={<PlusOutlined />} onClick={add}>
        {t('library.addForm')}
      </Button>
    </>
  );
}

const freeKey = (fields: readonly Field[]): string => {
  for (let n = fields.length + 1; ; n++)
    if (!fields.some(({ key }) => key === `field${n}`)) return `field${n}`;
};
const needs = (field: Field): 'no' | 'yes' | 'sometimes' =>
  field.required === true ? 'yes' : typeof field.required === 'object' ? 'sometimes' : 'no';

export function FieldsEditor(props: {
  pack: Pack;
  /** Place of the fields in the pack. */ at: string;
  fields: Field[];
  onChange: (fields: Field[]) => void;
}) {
  const { t } = useTranslation();
  const { fields, onChange } = props;
  const set = (at: number, field: Field) => onChange(fields.map((one, i) => (i === at ? field : one)));
  const withNeed = (field: Field, need: ReturnType<typeof needs>): Field => {
    const { required: _, ...rest } = field;
    return need === 'no' ? rest : { ...rest, required: need === 'yes' ? true : { 'ticket.complaint': true } };
  };
  return (
    <>
      {fields.map((field, i) => (
        <div key={field.key} className="pb-field">
          <span className="pb-row">
            <BothWords
              label={t('library.field')}
              value={field}
              onChange={(words) => set(i, { ...field, ...words })}
            />
            <Select
              aria-label={t('library.type')}
              value={field.type}
              onChange={(type) =>
                set(i, {
                  ...field,
                  type,
                  ...(type.startsWith('choice') && !field.options
                    ? { options: [{ key: 'a', zh: '选项一', en: 'First' }] }
                    : {}),
                })
              }
              options={fieldTypes.map((type) => ({ value: type, label: t(`library.fieldType.${type}`) }))}
            />
            <Select
              aria-label={t('library.required')}
              value={needs(field)}
              onChange={(need) => set(i, withNeed(field, need))}
              options={(['no', 'yes', 'sometimes'] as const).map((one) => ({
                value: one,
                label: t(`library.need.${one}`),
              }))}
            />
            <UpButton disabled={i === 0} onClick={() => onChange(raised(fields, i))} />
            <Button
              type="text"
              aria-label={t('library.remove')}
              icon={<DeleteOutlined />}
              onClick={() => onChange(without(fields, i))}
            />
          </span>
          {needs(field) === 'sometimes' ? (
            <ConditionEditor
              pack={props.pack}
              filling
              value={field.required as never}
              onChange={(required) => set(i, { ...field, required: required ?? false })}
            />
          ) : null}
          {field.type.startsWith('choice') ? (
            <OptionRows
              label={t('library.options')}
              options={field.options ?? []}
              onChange={(options) => set(i, { ...field, options })}
            />
          ) : null}
          <FieldMore
            pack={props.pack}
            field={field}
            beside={fields}
            at={`${props.at}/${i}`}
            onChange={(next) => set(i, next)}
          />
        </div>
      ))}
      <Button
        size="small"
        icon={<PlusOutlined />}
        onClick={() =>
          onChange([...fields, { key: freeKey(fields), zh: '新字段', en: 'New field', type: 'text' }])
        }
      >
        {t('library.addField')}
      </Button>
    </>
  );
}
