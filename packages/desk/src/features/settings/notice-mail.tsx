import { Form, Select, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import { getNoticeMail, noticeKinds, putNoticeMail } from '#contracts/routes/notices.ts';
import type { ResponseOf } from '#contracts/route.ts';
import { SaveForm, Section } from '#ui/form.tsx';
import { useToast } from '#ui/toast.tsx';
import { call, problemOf } from '../../api.ts';
import { queryClient, useRead } from '../../query.ts';
import { useWord } from '../../words.ts';
import { Loaded } from './page.tsx';

/** 邮件通知: what comes by mail beside the bell, always or only while signed off. */
export function NoticeMailSection() {
  const { t } = useTranslation();
  const word = useWord();
  const toast = useToast();
  const read = useRead(getNoticeMail);
  const save = async (body: ResponseOf<typeof getNoticeMail>) => {
    await call(putNoticeMail, { body });
    await queryClient.invalidateQueries({ queryKey: ['notices', '/me/notice-mail'] });
    toast.done(t('settings.saved'));
  };
  return (
    <Section title={t('settings.account.mail')}>
      <Loaded read={read}>
        {() => (
          <div className="set-body">
            <SaveForm initial={read.data!} onSave={save} problemOf={problemOf} submit={t('settings.save')}>
              <Form.Item
                name="kinds"
                label={t('settings.account.mailKinds')}
                extra={t('settings.account.mailHint')}
              >
                <Select
                  mode="multiple"
                  options={noticeKinds.map((kind) => ({ value: kind, label: word('noticeKind', kind) }))}
                />
              </Form.Item>
              <Form.Item name="onlyAway" label={t('settings.account.mailAway')} valuePropName="checked">
                <Switch />
              </Form.Item>
            </SaveForm>
          </div>
        )}
      </Loaded>
    </Section>
  );
}
