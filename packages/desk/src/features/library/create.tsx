import { useNavigate } from '@tanstack/react-router';
import { Form, Input, Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import { beginnings, createPlaybook, type Beginning } from '#contracts/routes/playbooks.ts';
import { FormDialog } from '#ui/dialog.tsx';
import { call, problemOf } from '../../api.ts';
import { queryClient } from '../../query.ts';

type Values = { begin: Beginning; zh: string; en: string; goal: string; industry: string; key: string };

/** A playbook of one's own: what it is for, and what it begins with; the editor opens with its draft. */
export function CreatePlaybook(props: { onClose: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const needed = [{ required: true, whitespace: true, message: t('form.missing') }];
  return (
    <FormDialog<Values>
      title={t('library.new')}
      intro={t('library.newIntro')}
      submit={t('library.newBegin')}
      initial={{ begin: 'work', industry: t('library.newIndustry') }}
      onClose={props.onClose}
      problemOf={problemOf}
      onSave={async ({ begin, zh, en, goal, industry, key }) => {
        await call(createPlaybook, {
          body: {
            begin,
            key,
            name: { zh: zh.trim(), en: en.trim() },
            goal: { zh: goal.trim(), en: goal.trim() },
            industry: industry.trim(),
          },
          idempotencyKey: crypto.randomUUID(),
        });
        await queryClient.invalidateQueries({ queryKey: ['playbooks'] });
        void navigate({ to: '/playbooks/$key', params: { key } });
      }}
    >
      <Form.Item name="zh" label={t('library.nameZh')} rules={needed}>
        <Input maxLength={60} placeholder={t('library.newNameHint')} />
      </Form.Item>
      <Form.Item name="en" label={t('library.nameEn')} rules={needed}>
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item name="goal" label={t('library.newGoal')} rules={needed}>
        <Input maxLength={200} placeholder={t('library.newGoalHint')} />
      </Form.Item>
      <Form.Item name="begin" label={t('library.newKind')} required>
        <Radio.Group className="pb-beginnings">
          {beginnings.map((one) => (
            <Radio key={one} value={one}>
              {t(`library.begin.${one}`)}
              <span className="pb-goal">{t(`library.beginHint.${one}`)}</span>
            </Radio>
          ))}
        </Radio.Group>
      </Form.Item>
      <Form.Item name="industry" label={t('library.industry')} rules={needed}>
        <Input maxLength={40} />
      </Form.Item>
      <Form.Item
        name="key"
        label={t('library.key')}
        extra={t('library.keyHint')}
        rules={[...needed, { pattern: /^[a-z][a-z0-9_]{0,39}$/, message: t('library.keyWrong') }]}
      >
        <Input maxLength={40} />
      </Form.Item>
    </FormDialog>
  );
}
