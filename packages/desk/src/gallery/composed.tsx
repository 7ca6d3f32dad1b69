/** Form and table with made-up contents, for the gallery. */
import { Checkbox, Form, Input, InputNumber, Radio, Select, Switch } from 'antd';
import { useState } from 'react';
import { DataTable } from '#ui/data-table.tsx';
import { SaveForm } from '#ui/form.tsx';
import { Countdown, PriorityTag, Tag } from '#ui/tag.tsx';
import { problemOf } from '../api.ts';
import { samples, type Sample } from './samples.ts';

const start = Date.now();

export function FormSample() {
  return (
    <SaveForm<{ name: string }>
      submit="保存"
      initial={{ name: '' }}
      problemOf={problemOf}
      onSave={() => Promise.reject(new Error('演示'))}
      onCancel={() => undefined}
    >
      <Form.Item name="name" label="名称" rules={[{ required: true, message: '请填写名称' }]}>
        <Input placeholder="技能组名称" />
      </Form.Item>
      <Form.Item name="kind" label="类别">
        <Select
          placeholder="请选择"
          options={[
            { value: 1, label: '服务组' },
            { value: 2, label: '专家组' },
          ]}
        />
      </Form.Item>
      <Form.Item name="max" label="接待上限">
        <InputNumber min={1} max={50} />
      </Form.Item>
      <Form.Item name="on" label="启用">
        <Switch defaultChecked />
      </Form.Item>
      <Form.Item name="days">
        <Checkbox.Group options={['周一', '周二', '周三']} />
      </Form.Item>
      <Form.Item name="unit">
        <Radio.Group options={['自然时间', '工作时间']} />
      </Form.Item>
      <Form.Item name="note" label="说明">
        <Input.TextArea rows={2} />
      </Form.Item>
    </SaveForm>
  );
}

export function TableSample() {
  const [chosen, setChosen] = useState<Set<string>>(new Set());
  const [sort, setSort] = useState<{ key: string; descending: boolean }>({ key: 'due', descending: false });
  const [openKey, setOpenKey] = useState<string>('s2');
  return (
    <DataTable<Sample>
      name="gallery"
      label="工单"
      rows={samples}
      rowKey={(row) => row.id}
      selection={{ keys: chosen, onChange: setChosen }}
      sort={sort}
      onSort={setSort}
      openKey={openKey}
      onOpen={(row) => setOpenKey(row.id)}
      empty={null}
      narrow={(row) => (
        <>
          <PriorityTag priority={row.priority} /> {row.subject.slice(0, 18)}
        </>
      )}
      columns={[
        { key: 'number', title: '工单号', width: 148, render: (row) => row.number },
        {
          key: 'priority',
          title: '优先级',
          width: 76,
          sort: 'priority',
          render: (row) => <PriorityTag priority={row.priority} />,
        },
        { key: 'subject', title: '主题', render: (row) => row.subject },
        { key: 'status', title: '状态', width: 112, render: (row) => <Tag>{row.status}</Tag> },
        {
          key: 'due',
          title: '下一时限',
          width: 160,
          sort: 'due',
          render: (row) => (
            <Countdown
              dueAt={new Date(start + row.due).toISOString()}
              warnAt={new Date(start + row.due - 900_000).toISOString()}
              label="解决"
            />
          ),
        },
        { key: 'customer', title: '客户', width: 160, render: (row) => row.customer },
      ]}
    />
  );
}
