import { Form, Input, InputNumber, Radio, Switch } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { SettingPage } from './setting-page.tsx';

/** A number with its unit behind it. */
function Amount(props: {
  name: string;
  label: string;
  unit: string;
  min: number;
  max?: number;
  hint?: ReactNode;
}) {
  return (
    <Form.Item name={props.name} label={props.label} extra={props.hint} rules={[{ required: true }]}>
      <InputNumber min={props.min} max={props.max} suffix={props.unit} className="set-amount" />
    </Form.Item>
  );
}

const timeRule = { pattern: /^([01]\d|2[0-3]):[0-5]\d$/ };

export function CentrePage() {
  const { t } = useTranslation();
  return (
    <SettingPage setting="centre">
      {() => (
        <>
          <div className="set-pair">
            <Form.Item
              name="company"
              label={t('settings.centre.company')}
              rules={[{ required: true, max: 60 }]}
            >
              <Input />
            </Form.Item>
            <Form.Item
              name="companyEn"
              label={t('settings.centre.companyEn')}
              rules={[{ required: true, max: 80 }]}
            >
              <Input />
            </Form.Item>
          </div>
          <Form.Item name="hotline" label={t('settings.centre.hotline')} rules={[{ max: 40 }]}>
            <Input className="set-amount" />
          </Form.Item>
          <Form.Item
            name="greeting"
            label={t('settings.centre.greeting')}
            extra={t('settings.centre.greetingHint')}
            rules={[{ max: 400 }]}
          >
            <Input.TextArea rows={2} />
          </Form.Item>
          <Form.Item name="greetingEn" label={t('settings.centre.greetingEn')} rules={[{ max: 400 }]}>
            <Input.TextArea rows={2} />
          </Form.Item>
          <Form.Item
            name="privacyNotice"
            label={t('settings.centre.privacy')}
            extra={t('settings.centre.privacyHint')}
            rules={[{ max: 8000 }]}
          >
            <Input.TextArea rows={4} />
          </Form.Item>
          <Amount
            name="retentionYears"
            label={t('settings.centre.retention')}
            hint={t('settings.centre.retentionHint')}
            unit={t('settings.unit.years')}
            min={3}
            max={30}
          />
        </>
      )}
    </SettingPage>
  );
}

export function CloseRulePage() {
  const { t } = useTranslation();
  return (
    <SettingPage setting="closeRule" intro={t('settings.closeRule.intro')}>
      {() => (
        <>
          <Amount
            name="reminders"
            label={t('settings.closeRule.reminders')}
            unit={t('settings.unit.times')}
            min={0}
            max={20}
          />
          <Amount
            name="businessDays"
            label={t('settings.closeRule.days')}
            hint={t('settings.closeRule.daysHint')}
            unit={t('settings.unit.workdays')}
            min={0}
            max={60}
          />
          <Form.Item
            name="automatic"
            label={t('settings.closeRule.automatic')}
            extra={t('settings.closeRule.automaticHint')}
            valuePropName="checked"
          >
            <Switch />
          </Form.Item>
          <Amount
            name="archiveAfterHours"
            label={t('settings.closeRule.archive')}
            hint={t('settings.closeRule.archiveHint')}
            unit={t('settings.unit.hours')}
            min={0}
            max={2000}
          />
          <Amount
            name="reopenDays"
            label={t('settings.closeRule.reopen')}
            hint={t('settings.closeRule.reopenHint')}
            unit={t('settings.unit.days')}
            min={0}
            max={365}
          />
        </>
      )}
    </SettingPage>
  );
}

export function RoutingPage() {
  const { t } = useTranslation();
  return (
    <SettingPage setting="routing" intro={t('settings.routing.intro')}>
      {() => (
        <>
          <Amount
            name="offerSeconds"
            label={t('settings.routing.offer')}
            hint={t('settings.routing.offerHint')}
            unit={t('settings.unit.seconds')}
            min={3}
            max={600}
          />
          <Amount
            name="queueTimeoutMinutes"
            label={t('settings.routing.queue')}
            hint={t('settings.routing.queueHint')}
            unit={t('settings.unit.minutes')}
            min={1}
            max={1440}
          />
          <Amount
            name="customerTimeoutMinutes"
            label={t('settings.routing.customer')}
            hint={t('settings.routing.customerHint')}
            unit={t('settings.unit.minutes')}
            min={1}
            max={1440}
          />
          <Amount
            name="graceSeconds"
            label={t('settings.routing.grace')}
            hint={t('settings.routing.graceHint')}
            unit={t('settings.unit.seconds')}
            min={5}
            max={3600}
          />
          <Amount
            name="vipBonusSeconds"
            label={t('settings.routing.vip')}
            hint={t('settings.routing.vipHint')}
            unit={t('settings.unit.seconds')}
            min={0}
            max={7200}
          />
          <Form.Item
            required
            name="autoReplyCounts"
            label={t('settings.routing.auto')}
            extra={t('settings.routing.autoHint')}
            valuePropName="checked"
          >
            <Switch />
          </Form.Item>
        </>
      )}
    </SettingPage>
  );
}

export function SurveyPage() {
  const { t } = useTranslation();
  return (
    <SettingPage setting="survey" intro={t('settings.survey.intro')}>
      {() => (
        <>
          <Amount
            name="delayMinutes"
            label={t('settings.survey.delay')}
            hint={t('settings.survey.delayHint')}
            unit={t('settings.unit.minutes')}
            min={0}
            max={120}
          />
          <Amount
            name="validDays"
            label={t('settings.survey.valid')}
            unit={t('settings.unit.days')}
            min={1}
            max={90}
          />
          <div className="set-pair">
            <Form.Item
              name="quietFrom"
              label={t('settings.survey.quietFrom')}
              rules={[{ required: true, ...timeRule }]}
            >
              <Input placeholder="21:30" className="set-amount" />
            </Form.Item>
            <Form.Item
              name="quietTo"
              label={t('settings.survey.quietTo')}
              rules={[{ required: true, ...timeRule }]}
            >
              <Input placeholder="08:00" className="set-amount" />
            </Form.Item>
          </div>
          <p className="set-intro">{t('settings.survey.quietHint')}</p>
        </>
      )}
    </SettingPage>
  );
}

export function ProgressPage() {
  const { t } = useTranslation();
  return (
    <SettingPage setting="progress" intro={t('settings.progress.intro')}>
      {() => (
        <>
          <Form.Item name="cadence" label={t('settings.progress.cadence')} rules={[{ required: true }]}>
            <Radio.Group
              vertical
              options={(['rolling', 'daily'] as const).map((one) => ({
                value: one,
                label: t(`settings.progress.${one}`),
              }))}
            />
          </Form.Item>
          <Form.Item
            name="dailyAt"
            label={t('settings.progress.at')}
            extra={t('settings.progress.atHint')}
            rules={[{ required: true, ...timeRule }]}
          >
            <Input placeholder="17:00" className="set-amount" />
          </Form.Item>
        </>
      )}
    </SettingPage>
  );
}
