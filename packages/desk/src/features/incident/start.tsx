import { AlertOutlined } from '@ant-design/icons';
import { Button, Checkbox, DatePicker, Form, Input, Select } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { getIncident, incidentCauses, startIncident } from '#contracts/routes/incident.ts';
import type { BodyOf } from '#contracts/route.ts';
import { FormDialog } from '#ui/dialog.tsx';
import { useToast } from '#ui/toast.tsx';
import { call, problemOf } from '../../api.ts';
import { queryClient, useRead } from '../../query.ts';
import { GroupSelect } from '../identity/people.tsx';
import { useSession } from '../identity/session.ts';

type Values = Omit<BodyOf<typeof startIncident>, 'expectedEnd'> & { expectedEnd?: Dayjs | null };

/** 启动应急模式, for who may and while none is on (SD2-37). */
export function StartIncident() {
  const { t } = useTranslation();
  const { can } = useSession();
  const [open, setOpen] = useState(false);
  const { data } = useRead(getIncident);
  if (!can('incident.switch') || !data || data.incident) return null;
  return (
    <>
      <Button icon={<AlertOutlined />} onClick={() => setOpen(true)}>
        {t('incident.start')}
      </Button>
      {open ? <StartDialog onClose={() => setOpen(false)} /> : null}
    </>
  );
}

/** What customers and colleagues are told, and until when. */
export function StartDialog(props: { onClose: () => void }) {
  const { t } = useTranslation();
  const toast = useToast();
  return (
    <FormDialog<Values>
      title={t('incident.start')}
      intro={t('incident.intro')}
      submit={t('incident.start')}
      danger
      initial={{ cause: 'lines', offerCallback: true }}
      onClose={props.onClose}
      problemOf={problemOf}
      onSave={async ({ expectedEnd, ...values }) => {
        await call(startIncident, {
          body: { ...values, expectedEnd: expectedEnd ? expectedEnd.toISOString() : null },
          idempotencyKey: crypto.randomUUID(),
        });
        toast.done(t('incident.started'));
        await queryClient.invalidateQueries({ queryKey: ['incident'] });
      }}
    >
      <Form.Item
        name="announcement"
        label={t('incident.announcement')}
        extra={t('incident.announcementHint')}
        rules={[{ required: true }]}
      >
        <Input.TextArea rows={2} maxLength={300} />
      </Form.Item>
      <Form.Item
        name="announcementEn"
        label={t('incident.announcementEn')}
        extra={t('incident.announcementEnHint')}
      >
        <Input.TextArea rows={2} maxLength={400} />
      </Form.Item>
      <Form.Item name="cause" label={t('incident.cause')} rules={[{ required: true }]}>
        <Select options={incidentCauses.map((one) => ({ value: one, label: t(`incident.cause.${one}`) }))} />
      </Form.Item>
      <Form.Item name="expectedEnd" label={t('incident.expectedEnd')}>
        <DatePicker showTime={{ format: 'HH:mm' }} format="YYYY-MM-DD HH:mm" minDate={dayjs()} />
      </Form.Item>
      <Form.Item name="overflowGroupId" label={t('incident.overflow')}>
        <GroupSelect label={t('incident.overflowNone')} />
      </Form.Item>
      <Form.Item name="ivr" label={t('incident.ivr')} extra={t('incident.ivrHint')}>
        <Input maxLength={300} />
      </Form.Item>
      <Form.Item name="offerCallback" valuePropName="checked">
        <Checkbox>{t('incident.offerCallback')}</Checkbox>
      </Form.Item>
    </FormDialog>
  );
}
