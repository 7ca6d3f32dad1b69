import { Button, Form, Rate } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { enterSurvey, sendSurvey, ticketSurvey } from '#contracts/routes/surveys.ts';
import type { BodyOf } from '#contracts/route.ts';
import type { TicketView } from '#contracts/routes/tickets.ts';
import { FormDialog } from '#ui/dialog.tsx';
import { FieldRow, Fields, Section } from '#ui/form.tsx';
import { TextBox } from '#ui/text-box.tsx';
import { useToast } from '#ui/toast.tsx';
import { call, problemOf } from '../../api.ts';
import { keyOf, queryClient, useRead } from '../../query.ts';
import { useTime } from '../../time.ts';
import { useSession } from '../identity/session.ts';
import './surveys.css';

const parts = ['efficiency', 'attitude', 'effectiveness'] as const;
const after = ['resolved', 'pending_confirmation', 'closed'];
type Values = BodyOf<typeof enterSurvey>;

/** 评价 beside a solved ticket: when it was asked, what was answered; sent at once, or entered from a call (SD1-47). */
export function SurveySection(props: { ticket: TicketView }) {
  const { t } = useTranslation();
  const time = useTime();
  const toast = useToast();
  const { can } = useSession();
  const [entering, setEntering] = useState(false);
  const { ticket } = props;
  const args = { params: { id: ticket.id } };
  const readable = can('survey.read') && [...after, 'archived'].includes(ticket.status);
  const { data } = useRead(ticketSurvey, args, { enabled: readable });
  if (!readable || !data) return null;
  const again = () => queryClient.invalidateQueries({ queryKey: keyOf(ticketSurvey, args) });
  const open = after.includes(ticket.status) && data.state !== 'answered';
  const send = async () => {
    try {
      await call(sendSurvey, { ...args, body: {} });
      await again();
      toast.done(t('surveys.sent'));
    } catch (error) {
      toast.failed(problemOf(error));
    }
  };
  return (
    <Section title={t('surveys.section')}>
      {data.answer ? (
        <Fields>
          <FieldRow label={t('surveys.csat')}>
            {data.csat === null ? undefined : t('surveys.points', { points: Math.round(data.csat) })}
          </FieldRow>
          {parts.map((part) => (
            <FieldRow key={part} label={t(`surveys.part.${part}`)}>
              {t('surveys.ofFive', { score: data.answer![part] })}
            </FieldRow>
          ))}
          <FieldRow label={t('surveys.comment')}>{data.answer.comment}</FieldRow>
          <FieldRow label={t('surveys.at')}>
            {data.answeredAt ? time.minute(data.answeredAt) : undefined}
          </FieldRow>
        </Fields>
      ) : (
        <p className="zk-quiet desk-pad">
          {t(`surveys.state.${data.state}`, { at: data.sentAt ? time.minute(data.sentAt) : '' })}
        </p>
      )}
      {open ? (
        <div className="desk-pad survey-acts">
          {can('ticket.work') && data.state !== 'sent' ? (
            <Button size="small" onClick={() => void send()}>
              {t('surveys.send')}
            </Button>
          ) : null}
          <Button size="small" onClick={() => setEntering(true)}>
            {t('surveys.enter')}
          </Button>
        </div>
      ) : null}
      {entering ? (
        <FormDialog<Values>
          title={t('surveys.enter')}
          intro={t('surveys.enterIntro')}
          submit={t('surveys.keep')}
          onClose={() => setEntering(false)}
          problemOf={problemOf}
          onSave={async (answer) => {
            await call(enterSurvey, { ...args, body: answer });
            await again();
          }}
        >
          {parts.map((part) => (
            <Form.Item
              key={part}
              name={part}
              label={t(`surveys.part.${part}`)}
              rules={[{ required: true, message: t('form.missing') }]}
            >
              <Rate />
            </Form.Item>
          ))}
          <Form.Item name="comment" label={t('surveys.comment')}>
            <TextBox maxLength={2000} rows={3} />
          </Form.Item>
        </FormDialog>
      ) : null}
    </Section>
  );
}
