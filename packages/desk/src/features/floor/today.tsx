import { useTranslation } from 'react-i18next';
import type { FloorView } from '#contracts/routes/floor.ts';
import './today.css';

export type Figure = { key: string; label: string; value: string; of: string; loud?: boolean };

/** The day in eight numbers, each with what it was counted from. */
export function useFigures(floor: FloorView): Figure[] {
  const { t, i18n } = useTranslation();
  const { today } = floor;
  const share = new Intl.NumberFormat(i18n.language, { style: 'percent', maximumFractionDigits: 1 });
  const number = new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 2 });
  const plain = (key: 'opened' | 'resolved' | 'closed', of: string): Figure => ({
    key,
    label: t(`floor.today.${key}`),
    value: String(today[key]),
    of,
  });
  return [
    {
      key: 'level',
      label: t('floor.today.level', { count: today.answerSeconds }),
      value: today.serviceLevel === null ? '—' : share.format(today.serviceLevel),
      of: t('floor.today.levelOf', { value: today.answeredIn, total: today.conversations }),
      loud: today.serviceLevel !== null && today.serviceLevel < 0.8,
    },
    {
      key: 'wait',
      label: t('floor.today.wait'),
      value:
        today.averageWaitSeconds === null
          ? '—'
          : t('floor.today.seconds', { count: Math.round(today.averageWaitSeconds) }),
      of: t('floor.today.waitOf', { value: today.answered, total: today.conversations }),
    },
    {
      key: 'abandoned',
      label: t('floor.today.abandoned'),
      value: String(today.abandoned),
      of:
        today.conversations === 0
          ? t('floor.today.abandonedNone')
          : t('floor.today.abandonedOf', {
              total: today.conversations,
              share: share.format(today.abandoned / today.conversations),
            }),
    },
    plain('opened', t('floor.today.openedOf')),
    plain('resolved', t('floor.today.resolvedOf', { total: today.opened })),
    plain('closed', t('floor.today.closedOf', { total: today.resolved })),
    {
      key: 'breached',
      // Of the day alone: the list below counts what stands late since yesterday too.
      label: t('floor.today.breachedToday'),
      value: String(today.breached),
      of: t('floor.today.soon', { count: floor.dueSoon }),
      loud: today.breached > 0,
    },
    {
      key: 'csat',
      label: t('floor.today.csat'),
      value: today.csat === null ? '—' : number.format(today.csat),
      of: t('floor.today.csatOf', { count: today.rated }),
    },
  ];
}

export function Figures(props: { figures: Figure[] }) {
  return (
    <dl className="floor-figures">
      {props.figures.map((one) => (
        <div key={one.key} data-loud={one.loud || undefined}>
          <dt>{one.label}</dt>
          <dd>
            <b>{one.value}</b>
            <span>{one.of}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}

const series = ['opened', 'resolved', 'breached'] as const;
const dayBegins = 8;

/** Opened, resolved and breached by hour; the same numbers stand in a table for those who do not see bars. */
export function Hours(props: { hours: FloorView['hours'] }) {
  const { t } = useTranslation();
  // The night before the first work of the day says nothing; it is left out of the picture, not of the table.
  const busy = props.hours.findIndex((hour) => series.some((one) => hour[one] > 0));
  const shown = props.hours.slice(Math.min(busy < 0 ? 24 : busy, dayBegins));
  const top = Math.max(4, ...shown.flatMap((hour) => series.map((one) => hour[one])));
  return (
    <figure className="floor-hours">
      <figcaption>
        {series.map((one) => (
          <span key={one} data-series={one}>
            {t(`floor.today.${one}`)}
          </span>
        ))}
      </figcaption>
      <div className="floor-bars" aria-hidden>
        {shown.map((hour) => (
          <div
            key={hour.hour}
            className="floor-hour"
            title={`${hour.hour}　${series.map((one) => `${t(`floor.today.${one}`)} ${hour[one]}`).join('　')}`}
          >
            <div>
              {series.map((one) => (
                <span key={one} data-series={one} style={{ height: `${(hour[one] / top) * 100}%` }} />
              ))}
            </div>
            <small>{hour.hour.slice(0, 2)}</small>
          </div>
        ))}
        <span className="floor-top">{top}</span>
      </div>
      <table className="zk-hidden">
        <caption>{t('floor.hours')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('floor.hour')}</th>
            {series.map((one) => (
              <th key={one} scope="col">
                {t(`floor.today.${one}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.hours.map((hour) => (
            <tr key={hour.hour}>
              <th scope="row">{hour.hour}</th>
              {series.map((one) => (
                <td key={one}>{hour[one]}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}
