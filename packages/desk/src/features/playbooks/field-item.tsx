import { Checkbox, DatePicker, Form, Input, InputNumber, Radio, Select } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Field } from '#contracts/pack.ts';
import { uploadFile } from '#contracts/routes/files.ts';
import { listRecords } from '#contracts/routes/records.ts';
import { AttachButton } from '#ui/attachments.tsx';
import { TextBox } from '#ui/text-box.tsx';
import { call, problemOf } from '../../api.ts';
import { useRead } from '../../query.ts';
import { useSaid } from '../../words.ts';
import { PersonSelect } from '../identity/people.tsx';

/** One thing to fill in, by its type, under the name of the part of the form it is sent in. Values are JSON, so that a draft of them survives a reload. */
export function FieldItem(props: {
  part: string;
  field: Field;
  required: boolean;
  /** Said where the field has no help of its own. */ hint?: string;
}) {
  const said = useSaid();
  const { part, field } = props;
  return (
    <Form.Item
      name={[part, field.key]}
      label={said(field)}
      required={props.required}
      // Rules are the kind's own and are asked elsewhere; this one lets a told fault go as soon as the field is touched.
      rules={touched}
      extra={field.help ? said(field.help) : props.hint}
    >
      <Control field={field} />
    </Form.Item>
  );
}

const touched = [{ validator: () => Promise.resolve() }];

/** Few choices lie open, many are searched. */
const mostOpen = 6;
type Value = { id?: string; value?: unknown; onChange?: (value: unknown) => void };

function Control({ field, ...item }: Value & { field: Field }) {
  const { t } = useTranslation();
  const said = useSaid();
  const options = (field.options ?? []).map((one) => ({ value: one.key, label: said(one) }));
  const shared = item as never as Record<string, never>;
  switch (field.type) {
    case 'long':
      return <TextBox {...shared} rows={2} maxLength={20_000} />;
    case 'number':
    case 'money':
      return (
        <InputNumber
          {...shared}
          className="desk-full"
          min={field.min}
          max={field.max}
          precision={field.type === 'money' ? 2 : undefined}
          prefix={field.type === 'money' ? '¥' : undefined}
        />
      );
    case 'date':
    case 'instant':
      return <When {...item} withTime={field.type === 'instant'} />;
    case 'choice':
      return options.length <= mostOpen ? (
        <Radio.Group {...shared} className="desk-radios" options={options} />
      ) : (
        <Select {...shared} allowClear showSearch={{ optionFilterProp: 'label' }} options={options} />
      );
    case 'choices':
      return options.length <= mostOpen * 2 ? (
        <Checkbox.Group {...shared} className="desk-checks" options={options} />
      ) : (
        <Select {...shared} mode="multiple" options={options} />
      );
    case 'yes':
      return (
        <Radio.Group
          {...shared}
          options={[
            { value: true, label: t('form.yes') },
            { value: false, label: t('form.no') },
          ]}
        />
      );
    case 'staff':
      return <PersonSelect {...shared} />;
    case 'record':
      return <RecordSelect {...item} kind={field.kind ?? ''} />;
    case 'file':
      return <FileBox {...item} />;
    case 'phone':
      return <Input {...shared} type="tel" inputMode="tel" maxLength={40} />;
    case 'pin':
      return (
        <Input.Password
          {...shared}
          inputMode="numeric"
          autoComplete="off"
          maxLength={8}
          visibilityToggle={false}
        />
      );
    case 'email':
      return <Input {...shared} type="email" maxLength={200} />;
    case 'text':
      return <Input {...shared} maxLength={2000} />;
  }
}

/** A day as `YYYY-MM-DD`, an instant as ISO. */
function When({ id, value, onChange, withTime }: Value & { withTime: boolean }) {
  const shown = typeof value === 'string' && value ? dayjs(value) : null;
  return (
    <DatePicker
      id={id}
      className="desk-full"
      value={shown?.isValid() ? shown : null}
      showTime={withTime ? { format: 'HH:mm', minuteStep: 5 } : undefined}
      format={withTime ? 'YYYY-MM-DD HH:mm' : 'YYYY-MM-DD'}
      // Enter takes the time that was typed; the form is not sent by it.
      onKeyDown={(event) => {
        if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) event.preventDefault();
      }}
      onChange={(at: Dayjs | null) =>
        onChange?.(at ? (withTime ? at.toISOString() : at.format('YYYY-MM-DD')) : null)
      }
    />
  );
}

/** Another record by its number, found by what it is called. */
function RecordSelect({ id, value, onChange, kind }: Value & { kind: string }) {
  const [q, setQ] = useState('');
  const found = useRead(
    listRecords,
    { params: { kind }, query: { limit: 20, ...(q ? { q } : {}) } },
    { enabled: kind !== '', keep: true },
  );
  return (
    <Select
      id={id}
      value={value as string | undefined}
      onChange={onChange}
      allowClear
      showSearch={{ filterOption: false, onSearch: setQ }}
      loading={found.isFetching}
      options={(found.data?.items ?? []).flatMap(({ number, title }) =>
        number ? [{ value: number, label: `${number}　${title}` }] : [],
      )}
    />
  );
}

/** One file, kept by its id. */
function FileBox({ value, onChange }: Value) {
  const { t } = useTranslation();
  const [name, setName] = useState<string>();
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<string>();
  const upload = async ([file]: File[]) => {
    if (!file) return;
    setBusy(true);
    setRefused(undefined);
    try {
      const body = new FormData();
      body.append('file', file, file.name);
      const kept = await call(uploadFile, { body, idempotencyKey: crypto.randomUUID() });
      setName(kept.name);
      onChange?.(kept.id);
    } catch (error) {
      setRefused(problemOf(error).title);
    } finally {
      setBusy(false);
    }
  };
  return (
    <span className="desk-inline">
      <AttachButton disabled={busy} onFiles={(files) => void upload(files)} />
      {refused ? (
        <span className="zk-wrong" role="alert">
          {refused}
        </span>
      ) : (
        <span className="zk-quiet">
          {value ? (name ?? t('playbooks.fileKept')) : t('playbooks.fileNone')}
        </span>
      )}
    </span>
  );
}
