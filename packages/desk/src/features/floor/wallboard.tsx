import { CloseOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { FloorView } from '#contracts/routes/floor.ts';
import { useNow } from '#ui/clock.tsx';
import { useTime } from '../../time.ts';
import { isIdle } from './queue.tsx';
import { Since } from './since.tsx';
import { Hours, useFigures } from './today.tsx';
import './wallboard.css';

/** The floor for a screen on the wall: numbers only, nobody's name and no customer's words. */
export function Wallboard(props: { floor: FloorView; onClose: () => void }) {
  const { t } = useTranslation();
  const { floor, onClose } = props;
  const box = useRef<HTMLDivElement>(null);
  const time = useTime();
  const now = useNow();
  const figures = useFigures(floor);
  useEffect(() => {
    const element = box.current;
    // A browser that refuses full screen still shows the board over the whole window.
    void element?.requestFullscreen?.().catch(() => {});
    const left = () => {
      if (!document.fullscreenElement) onClose();
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') onClose();
    };
    document.addEventListener('fullscreenchange', left);
    globalThis.addEventListener('keydown', onKey);
    return () => {
      document.removeEventListener('fullscreenchange', left);
      globalThis.removeEventListener('keydown', onKey);
      if (document.fullscreenElement) void document.exitFullscreen();
    };
  }, [onClose]);
  const busy = floor.queue.filter((row) => !isIdle(row));
  const idle = floor.queue.length - busy.length;
  const late = floor.breaches.filter((row) => row.state === 'breached').length;
  return (
    <div ref={box} className="floor-wall">
      <header>
        <h2>{t('floor.title')}</h2>
        <span className="floor-wall-clock">{time.clock(new Date(now).toISOString())}</span>
        <Button type="text" icon={<CloseOutlined />} aria-label={t('floor.wall.leave')} onClick={onClose} />
      </header>
      <div className="floor-wall-queues">
        {busy.map((row) => (
          <section key={row.groupId} data-loud={row.waiting > 0 || undefined}>
            <h3>{row.name}</h3>
            <b>{row.waiting}</b>
            <span>{t('floor.queue.waiting')}</span>
            <p>
              {t('floor.queue.longest')} <Since at={row.longestSince} />
            </p>
            <p>
              <span>
                {t('floor.queue.ready')} {row.ready} / {row.online}
              </span>{' '}
              <span>
                {t('floor.queue.pool')} {row.pool}
              </span>
            </p>
          </section>
        ))}
        <section data-loud={late > 0 || undefined}>
          <h3>{t('floor.wall.promises')}</h3>
          <b>{late}</b>
          <span>{t('floor.wall.late')}</span>
          <p>{t('floor.today.soon', { count: floor.dueSoon })}</p>
        </section>
      </div>
      {idle > 0 ? <p className="floor-wall-idle">{t('floor.wall.idle', { count: idle })}</p> : null}
      <dl className="floor-wall-figures">
        {figures.map((one) => (
          <div key={one.key} data-loud={one.loud || undefined}>
            <dt>{one.label}</dt>
            <dd>
              {one.value}
              <span>{one.of}</span>
            </dd>
          </div>
        ))}
      </dl>
      <Hours hours={floor.hours} />
    </div>
  );
}
