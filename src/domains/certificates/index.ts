/** The door of the certificates domain: the shape in which sources report certificates. */
export type {
  CertificateEvent,
  CertificatePosition,
  CertificateSource,
  SourceCertificate,
} from './source-certificate.ts';
