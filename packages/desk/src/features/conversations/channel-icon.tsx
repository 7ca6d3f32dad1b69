import {
  ApiOutlined,
  FormOutlined,
  GlobalOutlined,
  HomeOutlined,
  MailOutlined,
  MessageOutlined,
  PhoneOutlined,
  PrinterOutlined,
  WechatOutlined,
} from '@ant-design/icons';
import type { ReactNode } from 'react';
import type { ChannelKind } from '#contracts/words.ts';
import { useWord } from '../../words.ts';

const icons: Record<ChannelKind, ReactNode> = {
  webchat: <MessageOutlined />,
  portal: <GlobalOutlined />,
  email: <MailOutlined />,
  phone: <PhoneOutlined />,
  wechat: <WechatOutlined />,
  visit: <HomeOutlined />,
  letter: <FormOutlined />,
  fax: <PrinterOutlined />,
  api: <ApiOutlined />,
};

export function ChannelIcon(props: { kind: ChannelKind }) {
  const word = useWord();
  const name = word('channelKind', props.kind);
  return (
    <span className="desk-channel" title={name}>
      {icons[props.kind]}
      <span className="zk-hidden">{name}</span>
    </span>
  );
}
