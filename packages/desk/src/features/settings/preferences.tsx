import { Button, Form, Radio, Slider, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import { Section } from '#ui/form.tsx';
import { useStored } from '#ui/stored.ts';
import { showNote, useDesktop } from '../../desktop.ts';
import { usePreferences } from '../../preferences.ts';
import { play, volumeKey, volumeOf } from '../../sound.ts';
import { OwnKeys } from './own-keys.tsx';
import { Page } from './page.tsx';
import './preferences.css';

/** 偏好: how the desk looks, sounds and is steered for me. Nothing here waits for a button 保存. */
export function PreferencesPage() {
  return (
    <Page section="preferences">
      <Look />
      <Sounding />
      <OwnKeys />
    </Page>
  );
}

function Look() {
  const { t } = useTranslation();
  const { theme, density, language, ...preferences } = usePreferences();
  return (
    <Section title={t('settings.preferences.look')}>
      <div className="set-body">
        <Form layout="vertical" requiredMark={false}>
          <Form.Item label={t('user.theme')}>
            <Radio.Group
              value={theme}
              onChange={({ target }) => preferences.setTheme(target.value as typeof theme)}
              options={(['light', 'dark', 'system'] as const).map((one) => ({
                value: one,
                label: t(`user.theme.${one}`),
              }))}
            />
          </Form.Item>
          <Form.Item label={t('user.density')}>
            <Radio.Group
              value={density}
              onChange={({ target }) => preferences.setDensity(target.value as typeof density)}
              options={(['standard', 'compact'] as const).map((one) => ({
                value: one,
                label: t(`user.density.${one}`),
              }))}
            />
          </Form.Item>
          <Form.Item label={t('user.language')}>
            <Radio.Group
              value={language}
              onChange={({ target }) => preferences.setLanguage(target.value as typeof language)}
              options={[
                { value: 'zh-CN', label: '简体中文' },
                { value: 'en', label: 'English' },
              ]}
            />
          </Form.Item>
        </Form>
      </div>
    </Section>
  );
}

/** Notes beside the browser and sounds belong to this device: another one may stand in another room. */
function Sounding() {
  const { t } = useTranslation();
  const desktop = useDesktop();
  const [stored, setVolume] = useStored(volumeKey, '60');
  const volume = volumeOf(stored);
  const possible = desktop.state === 'on' || desktop.state === 'off';
  return (
    <Section title={t('settings.preferences.notices')}>
      <div className="set-body">
        <div className="set-choice-row">
          <Switch
            id="desktop-notes"
            aria-label={t('settings.preferences.desktop')}
            checked={desktop.state === 'on'}
            disabled={!possible}
            onChange={(on) => void desktop.turn(on)}
          />
          <label htmlFor="desktop-notes">{t('settings.preferences.desktop')}</label>
          <Button
            size="small"
            disabled={desktop.state !== 'on'}
            onClick={() =>
              showNote(
                {
                  title: t('settings.preferences.sample'),
                  body: t('settings.preferences.sampleBody'),
                  tag: 'sample',
                },
                true,
              )
            }
          >
            {t('settings.preferences.preview')}
          </Button>
        </div>
        <p className="set-intro" role={possible ? undefined : 'status'}>
          {t(`settings.preferences.desktop.${desktop.state}`)}
        </p>
        <div className="set-choice-row">
          <span id="volume-label">{t('settings.preferences.volume')}</span>
          <Slider
            className="set-volume"
            value={volume}
            step={10}
            onChange={(value) => setVolume(String(value))}
            ariaLabelledByForHandle="volume-label"
          />
          <span className="set-volume-said">
            {volume === 0 ? t('settings.preferences.silent') : `${volume}%`}
          </span>
        </div>
        <div className="set-choice-row">
          {(['soft', 'ring', 'alarm'] as const).map((sound) => (
            <Button key={sound} size="small" disabled={volume === 0} onClick={() => play(sound)}>
              {t(`settings.preferences.sound.${sound}`)}
            </Button>
          ))}
        </div>
        <p className="set-intro">{t('settings.preferences.soundHint')}</p>
      </div>
    </Section>
  );
}
