import { SendOutlined, TagOutlined } from '@ant-design/icons';
import { Button, DatePicker, Segmented, Tabs } from 'antd';
import { useState, type ReactNode } from 'react';
import { ActionButton, Actions, useActions, useOffersOf, type Action } from '#ui/actions.tsx';
import { Composer, type ComposerMode } from '#ui/composer.tsx';
import { FieldRow, Fields, ProblemAlert, Section } from '#ui/form.tsx';
import { CommandPalette, ShortcutSheet } from '#ui/palette.tsx';
import { PaneBody, PaneHead, SplitColumns } from '#ui/split.tsx';
import { EmptyState, ErrorState, OfflineBanner, Skeleton, type Problem } from '#ui/states.tsx';
import { Countdown, PriorityTag, Tag } from '#ui/tag.tsx';
import { LongText, MaskedText } from '#ui/text.tsx';
import { Timeline } from '#ui/timeline.tsx';
import { useToast } from '#ui/toast.tsx';
import { usePreferences } from '../preferences.ts';
import { FormSample, TableSample } from './composed.tsx';
import { useTime } from '../time.ts';
import { entries, longText } from './samples.ts';
import './gallery.css';

const start = Date.now();
const after = (minutes: number) => new Date(start + minutes * 60_000).toISOString();
const problem: Problem = {
  status: 409,
  code: 'TICKET_NOT_CONFIRMED',
  title: '客户尚未确认',
  detail: '关闭前需要客户确认满意；或提醒 3 次且满 3 个工作日未回应；或由主管注明理由关闭。',
  requestId: '01JDA7Q8ZK4T',
};
const modes: ComposerMode[] = [
  {
    key: 'public',
    label: '回复客户',
    tone: 'public',
    placeholder: '写给客户。输入 / 选话术，@ 提醒同事',
    send: '发送',
  },
  { key: 'internal', label: '内部备注', tone: 'internal', placeholder: '只有同事能看到', send: '保存备注' },
];
type Ctx = { open: (what: 'palette' | 'sheet') => void; say: (text: string) => void };
const actions: Array<Action<Ctx>> = [
  {
    name: 'gallery.palette',
    label: 'action.palette',
    group: 'group.desk',
    keys: ['Mod+k'],
    initials: 'dkml',
    perform: (c) => c.open('palette'),
  },
  {
    name: 'gallery.keys',
    label: 'action.keys',
    group: 'group.desk',
    keys: ['?'],
    initials: 'jpkjj',
    perform: (c) => c.open('sheet'),
  },
  {
    name: 'gallery.ready',
    label: 'action.ready',
    group: 'group.presence',
    keys: ['g i'],
    initials: 'sx',
    icon: <TagOutlined />,
    perform: (c) => c.say('示闲'),
  },
];

export function Gallery() {
  return (
    <Actions can={() => true}>
      <Contents />
    </Actions>
  );
}

function Contents() {
  const preferences = usePreferences();
  const toast = useToast();
  const time = useTime();
  const [open, setOpen] = useState<'palette' | 'sheet' | null>(null);
  const context: Ctx = { open: setOpen, say: (text) => toast.done(text, () => undefined) };
  useActions(actions, context);
  const offers = useOffersOf(actions, context);
  return (
    <div className="gallery zk-scroll">
      <OfflineBanner
        connection={{ state: 'offline', since: start - 40_000 }}
        waiting={2}
        onRetry={() => undefined}
      />
      <header>
        <h1>组件图库</h1>
        <Segmented
          value={preferences.mode}
          onChange={preferences.setTheme}
          options={[
            { value: 'light' as const, label: '浅色' },
            { value: 'dark' as const, label: '深色' },
          ]}
        />
        <Segmented
          value={preferences.density}
          onChange={preferences.setDensity}
          options={[
            { value: 'standard' as const, label: '标准' },
            { value: 'compact' as const, label: '紧凑' },
          ]}
        />
      </header>
      <div className="gallery-grid">
        <Cell title="Tag · PriorityTag">
          <div className="gallery-pad">
            {(['P1', 'P2', 'P3', 'P4'] as const).map((one) => (
              <PriorityTag key={one} priority={one} />
            ))}
            <Tag>处理中</Tag>
            <Tag tone="accent">VIP 专线</Tag>
            <Tag tone="ok">按时完成</Tag>
            <Tag tone="warn">临近超时</Tag>
            <Tag tone="late">已超时</Tag>
            <Tag tone="note">内部</Tag>
            <Tag tone="outline">待客户补充</Tag>
          </div>
        </Cell>
        <Cell title="Countdown">
          <div className="gallery-pad">
            <Countdown dueAt={after(12)} label="响应" why="P2 · 工作时间 30 分钟，自今天 09:30 起" />
            <Countdown dueAt={after(4)} warnAt={after(-1)} label="解决" />
            <Countdown dueAt={after(-18)} label="首次联系" />
            <Countdown dueAt={after(60 * 75)} label="确认" />
            <Countdown dueAt={after(5)} state="paused" leftMs={3_900_000} label="解决" />
            <Countdown dueAt={after(5)} state="met" label="响应" />
            <Countdown dueAt={null} />
          </div>
        </Cell>
        <Cell title="ActionButton · Button · Toast">
          <div className="gallery-pad">
            {offers.map((offer) => (
              <ActionButton key={offer.name} offer={offer} />
            ))}
            <Button
              type="primary"
              icon={<SendOutlined />}
              onClick={() => toast.done('已发送', () => undefined)}
            >
              发送
            </Button>
            <Button danger onClick={() => toast.failed(problem)}>
              失败提示
            </Button>
            <Button disabled>不可用</Button>
            <Button type="primary" loading>
              保存中
            </Button>
          </div>
        </Cell>
        <Cell title="MaskedText · Fields">
          <Section
            title="客户"
            extra={
              <Button size="small" type="text">
                编辑
              </Button>
            }
          >
            <Fields>
              <FieldRow label="姓名">欧阳明月</FieldRow>
              <FieldRow label="手机">
                <MaskedText
                  masked="138****1234"
                  onReveal={(why) =>
                    why.includes('no') ? Promise.reject(new Error('no')) : Promise.resolve('13800001234')
                  }
                />
              </FieldRow>
              <FieldRow label="证件">
                <MaskedText masked="3101**********0021" />
              </FieldRow>
              <FieldRow label="公司">上海云栖信息技术有限公司（华东区域客户成功中心·静安办公室）</FieldRow>
              <FieldRow label="专属对接人" />
            </Fields>
          </Section>
        </Cell>
        <Cell title="LongText">
          <div className="gallery-pad">
            <LongText text={longText} />
          </div>
        </Cell>
        <Cell title="EmptyState">
          <EmptyState
            title="没有符合条件的工单"
            hint="当前筛选：P1、处理中、本组。清除筛选可以看到全部 128 张。"
          >
            <Button>清除筛选</Button>
          </EmptyState>
        </Cell>
        <Cell title="ErrorState">
          <ErrorState problem={problem} onRetry={() => undefined} />
        </Cell>
        <Cell title="Skeleton">
          <Skeleton rows={6} columns={3} />
        </Cell>
        <Cell title="Composer">
          <GalleryComposer draft="gallery:public" />
        </Cell>
        <Cell title="Composer · internal">
          <GalleryComposer draft="gallery:internal" internal />
        </Cell>
        <Cell title="Form">
          <div className="gallery-pad">
            <FormSample />
          </div>
        </Cell>
        <Cell title="ProblemAlert · Tabs · Date">
          <div className="gallery-pad">
            <ProblemAlert problem={problem} />
            <DatePicker showTime />
            <DatePicker.RangePicker />
            <Tabs
              items={[
                { key: 'a', label: '全部' },
                { key: 'b', label: '我的 12' },
                { key: 'c', label: '本组' },
              ]}
            />
          </div>
        </Cell>
        <Cell title="Timeline" wide>
          <Timeline
            label="时间线"
            entries={entries}
            day={(at) => time.day(at, start)}
            time={time.clock}
            onRetry={() => undefined}
          />
        </Cell>
        <Cell title="DataTable" wide>
          <div className="gallery-tall">
            <TableSample />
          </div>
        </Cell>
        <Cell title="SplitColumns" wide>
          <div className="gallery-tall">
            <SplitColumns
              name="gallery"
              active="main"
              list={
                <>
                  <PaneHead title="待我回复" />
                  <PaneBody>
                    <Skeleton rows={5} columns={1} />
                  </PaneBody>
                </>
              }
              main={
                <>
                  <PaneHead title="T202611220001　收银机一直转圈">
                    <Button type="text">转派</Button>
                    <Button>解决</Button>
                  </PaneHead>
                  <PaneBody>
                    <EmptyState title="选择一个会话" hint="左侧按客户等待时间排列。" />
                  </PaneBody>
                </>
              }
              aside={
                <>
                  <PaneHead title="客户" />
                  <PaneBody>
                    <Skeleton rows={5} columns={2} />
                  </PaneBody>
                </>
              }
            />
          </div>
        </Cell>
      </div>
      <CommandPalette open={open === 'palette'} onClose={() => setOpen(null)} />
      <ShortcutSheet open={open === 'sheet'} onClose={() => setOpen(null)} />
    </div>
  );
}

function Cell(props: { title: string; wide?: boolean; children: ReactNode }) {
  return (
    <section className="gallery-cell" data-wide={props.wide}>
      <h2>{props.title}</h2>
      <div className="gallery-box">{props.children}</div>
    </section>
  );
}

function GalleryComposer(props: { draft: string; internal?: boolean }) {
  return (
    <Composer
      draft={props.draft}
      modes={props.internal ? modes.toReversed() : modes}
      whom="李女士 · 邮件 li***@example.com"
      limit={400}
      onFiles={() => undefined}
      onSend={(text) =>
        text.includes('失败') ? Promise.reject(new Error('没有发出去：连不上服务器。')) : Promise.resolve()
      }
      tools={<Button type="text" size="small" icon={<TagOutlined />} aria-label="话术" />}
    />
  );
}
