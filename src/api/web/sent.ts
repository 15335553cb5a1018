/** A certificate's page as the server draws it, and as the browser takes it over: JSON, in the page's element `#sent`. */
export type SentCertificate = {
  readonly lot: string;
  /** The one that was asked for by name. */
  readonly policy: string | null;
  /** Which message files the page was drawn from. */
  readonly language: string;
  /** How its numbers and dates read, as BCP 47 spells it. */
  readonly locale: string;
  /** What the API answered, by the keys under which the pages keep answers. */
  readonly answers: readonly (readonly [key: readonly unknown[], answer: unknown])[];
};

/** HTML. `title` and `description` are text, escaped. */
export type DrawnCertificate = {
  readonly title: string;
  readonly description: string;
  readonly body: string;
};

/** What the build makes of `src/web/certificate/server.tsx`. */
export type CertificateDrawer = {
  /** The words for a reader. @param tags languages as BCP 47 spells them, the best first */
  readonly wordsFor: (tags: readonly string[]) => Pick<SentCertificate, 'language' | 'locale'>;
  readonly draw: (sent: SentCertificate) => DrawnCertificate;
};
