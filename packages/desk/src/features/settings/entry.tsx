import { PlusOutlined } from '@ant-design/icons';
import { Button, Drawer, Form, Input } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

type Versioned = { id: string; name: string; version: number };
/** What the form of one row is given. */
export type EntryForm<Row> = { row: Row | null; onReload: (row: Row) => void; onDone: () => void };

/**
 * One row of a list of settings, looked at or made in a drawer beside it. `form` draws it; a new version of the row
 * makes the form anew.
 */
export function useEntry<Row extends Versioned>(props: {
  /** Text of the button and the title of a new one; left out when nothing can be added. */
  add?: string;
  size: number;
  form: (entry: EntryForm<Row>) => ReactNode;
}) {
  const [open, setOpen] = useState<Row | 'new' | null>(null);
  const row = open === 'new' ? null : open;
  const close = () => setOpen(null);
  return {
    open: (one: Row) => setOpen(one),
    button: props.add ? (
      <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpen('new')}>
        {props.add}
      </Button>
    ) : null,
    drawer: (
      <Drawer
        open={open !== null}
        onClose={close}
        size={props.size}
        destroyOnHidden
        title={row ? row.name : props.add}
      >
        {open === null ? null : (
          <div key={row ? `${row.id}:${row.version}` : 'new'}>
            {props.form({ row, onReload: setOpen, onDone: close })}
          </div>
        )}
      </Drawer>
    ),
  };
}

/** The code name of something new: fixed once it is stored, because rules point at it. */
export function KeyItem(props: { sample: string }) {
  const { t } = useTranslation();
  return (
    <Form.Item
      name="key"
      label={t('settings.key')}
      extra={t('settings.keyHint')}
      rules={[
        { required: true },
        { pattern: /^[a-z][a-z0-9-]{1,30}$/, message: t('settings.keyWrong', { sample: props.sample }) },
      ]}
    >
      <Input placeholder={props.sample} autoComplete="off" />
    </Form.Item>
  );
}
