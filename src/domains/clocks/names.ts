import type { EventType, Procedure } from './types.ts';

interface Name {
  readonly zh: string;
  readonly en: string;
}

/** Names of the procedures, in the field's terms. */
export const PROCEDURE_NAMES: Readonly<Record<Procedure, Name>> = {
  'registration-first': { zh: '首次注册', en: 'First registration' },
  'registration-change': { zh: '变更注册', en: 'Change of registration' },
  'registration-renewal': { zh: '延续注册', en: 'Renewal of registration' },
  'clinical-trial': { zh: '临床试验审批', en: 'Approval of a clinical trial' },
  'filing-class-1': { zh: '第一类备案', en: 'Filing of class I' },
  'change-filing': { zh: '变更备案', en: 'Filing of a change' },
  'production-licence': { zh: '生产许可', en: 'Production licence' },
  'production-licence-renewal': { zh: '生产许可延续', en: 'Renewal of the production licence' },
  'production-change': { zh: '生产许可登记事项变更', en: 'Change of a production licence entry' },
  'production-filing': { zh: '第一类生产备案', en: 'Production filing, class I' },
  'distribution-licence': { zh: '经营许可', en: 'Distribution licence' },
  'distribution-licence-renewal': { zh: '经营许可延续', en: 'Renewal of the distribution licence' },
  'distribution-change': { zh: '经营许可变更', en: 'Change of the distribution licence' },
  'distribution-filing': { zh: '第二类经营备案', en: 'Distribution filing, class II' },
  'innovation-review': { zh: '创新特别审查', en: 'Innovation review' },
  'priority-review': { zh: '优先审批', en: 'Priority review' },
  'emergency-review': { zh: '应急审批', en: 'Emergency approval' },
  reissue: { zh: '补发注册证', en: 'Reissue of a certificate' },
  retest: { zh: '复检', en: 'Re-test' },
  objection: { zh: '审评结论异议', en: 'Objection to a review conclusion' },
  'qms-check': { zh: '注册质量管理体系核查', en: 'Registration QMS check' },
  classification: { zh: '类别确认', en: 'Classification' },
  'class-change': { zh: '类别调整', en: 'Change of class' },
  'flight-inspection': { zh: '飞行检查', en: 'Unannounced inspection' },
};

/** Names of the events. */
export const EVENT_NAMES: Readonly<Record<EventType, Name>> = {
  'patent-granted': { zh: '专利授权公告', en: 'Patent granted' },
  changed: { zh: '发生变化', en: 'Change occurred' },
  expires: { zh: '有效期届满', en: 'Expiry' },
  'class-changed': { zh: '类别调整公告', en: 'Class changed by notice' },
  received: { zh: '收到申请', en: 'Application received' },
  'defect-notified': { zh: '告知补正', en: 'Defects notified' },
  accepted: { zh: '受理', en: 'Accepted' },
  rejected: { zh: '不予受理', en: 'Not accepted' },
  transferred: { zh: '转交审评', en: 'Handed to review' },
  'qms-notified': { zh: '通知启动体系核查', en: 'QMS check notified' },
  suspended: { zh: '中止', en: 'Suspended' },
  'check-delayed': { zh: '因申请人延迟核查', en: 'Check delayed by the applicant' },
  'qms-started': { zh: '体系核查开始', en: 'QMS check began' },
  'check-delay-ended': { zh: '延迟核查结束', en: 'Delay of the check ended' },
  'recheck-asked': { zh: '申请复查', en: 'Re-check asked for' },
  'qms-finished': { zh: '体系核查结束', en: 'QMS check ended' },
  'rectification-asked': { zh: '要求整改', en: 'Rectification asked for' },
  'deficiency-notified': { zh: '审评补正通知', en: 'Deficiency notice' },
  'supplement-received': { zh: '收到补正资料', en: 'Supplement received' },
  'expert-started': { zh: '专家评审开始', en: 'Expert review began' },
  'expert-finished': { zh: '专家评审结束', en: 'Expert review ended' },
  resumed: { zh: '恢复', en: 'Resumed' },
  extended: { zh: '延长时限', en: 'Limit extended' },
  'opinion-issued': { zh: '出具审评意见', en: 'Review opinion issued' },
  objected: { zh: '提出异议', en: 'Objection raised' },
  'objection-decided': { zh: '异议处理完毕', en: 'Objection decided' },
  decided: { zh: '作出决定', en: 'Decided' },
  effective: { zh: '证件生效', en: 'Certificate effective' },
  delivered: { zh: '送达', en: 'Delivered' },
  published: { zh: '公布', en: 'Published' },
  'trial-started': { zh: '试验开始实施', en: 'Trial began' },
  reported: { zh: '提交报告', en: 'Report handed in' },
  withdrawn: { zh: '撤回', en: 'Withdrawn' },
};
