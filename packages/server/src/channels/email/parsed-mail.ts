/** What the cage gives back: plain values, already decoded, bounded and free of control characters. */

export type ParsedAttachment = {
  name: string;
  content: Uint8Array;
  contentId: string | null;
  inline: boolean;
};

/** A delivery status notification (RFC 3464), first failed recipient. */
export type BounceReport = {
  action: 'failed' | 'delayed' | 'delivered' | 'relayed' | 'expanded';
  status: string;
  recipient: string | null;
  diagnostic: string;
  /** Message-ID of the mail it is about. */ originalId: string | null;
};

export type ParsedMail = {
  messageId: string | null;
  /** As written; a hint, never a proof. */
  from: { name: string; address: string } | null;
  /** Every address the mail was sent or delivered to, lower case. */
  recipients: string[];
  /** '' is the null return path of automatic mail; null: not told. */
  returnPath: string | null;
  subject: string;
  sentAt: number | null;
  inReplyTo: string[];
  references: string[];
  /** The few headers that rules look at, lower-case names. */
  headers: Record<string, string>;
  /** The words of the mail without what it quotes. */
  text: string;
  /** All of it, with the quotes. */
  fullText: string;
  html: string | null;
  attachments: ParsedAttachment[];
  /** How many attachments were left out for being too many. */
  dropped: number;
  report: BounceReport | null;
};
