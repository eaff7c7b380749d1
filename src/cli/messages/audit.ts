type Words = {
  readonly about: string
  readonly exportAbout: string
  readonly sealAbout: string
  readonly sealsAbout: string
  readonly anchors: string
  intact(events: number, rows: number): string
  broken(count: number): string
  room(room: string, events: number, erased: number, rows: number): string
  adopted(room: string, events: number, at: string): string
  seals(checked: number, stamped: number, last: string | undefined): string
  place(seq: number): string
  sealed(n: number, at: string): string
  readonly nothingSealed: string
  readonly coached: string
  readonly headsAre: string
}

const zh: Words = {
  about: '核验：工单、回访、人员等所报数据与发生过的事逐栏比对，并列出疑似诱导的评价',
  exportAbout: '以 JSON 行导出全部链上记录，供第三方程序核验（只有管理员可以）',
  sealAbout: '现在封存一次（每天另有一次）',
  sealsAbout: '列出封存凭证（--json 有全文和公钥）',
  anchors: '以前核验时记下的校验码（JSON 文件，即 --json 输出中的 rooms 里的 head）',
  intact: (events, rows) => `没有改动：${events} 条记录逐条核验哈希链，${rows} 行由记录重建并逐栏比对`,
  broken: count => `发现 ${count} 处改动：`,
  room: (room, events, erased, rows) =>
    `  ${room}：${events} 条记录${erased > 0 ? `（${erased} 条已依手续清除）` : ''}，${rows} 行`,
  adopted: (room, events, at) => `  ${room}：前 ${events} 条于 ${at} 入链，此前是否被改无从证明`,
  seals: (checked, stamped, last) =>
    `封存凭证 ${checked} 份，其中 ${stamped} 份有时间戳${last === undefined ? '' : `，最近一份 ${last}`}`,
  place: seq => `第 ${seq} 条`,
  sealed: (n, at) => `第 ${n} 份封存凭证，${at}`,
  nothingSealed: '还没有封存凭证',
  coached: '疑似诱导评价，请人工核查：',
  headsAre: '校验码（记在别处，可证明以后没有删去末尾）：',
}

const en: Words = {
  about:
    'hold all that is reported of orders, surveys and staff against what happened, and list what looks coached',
  exportAbout: 'write the whole ledger as lines of JSON, for a program that is not ours (admins only)',
  sealAbout: 'seal now, beside the seal of each day',
  sealsAbout: 'list seals (--json has their text and the public key)',
  anchors: 'heads noted at an earlier audit (a JSON file: the --json output)',
  intact: (events, rows) =>
    `nothing was changed: ${events} events, every hash walked; ${rows} rows rebuilt and compared, column by column`,
  broken: count => `${count} changes:`,
  room: (room, events, erased, rows) =>
    `  ${room}: ${events} events${erased > 0 ? ` (${erased} erased in due form)` : ''}, ${rows} rows`,
  adopted: (room, events, at) =>
    `  ${room}: the first ${events} were chained on ${at}; whether they were changed before that cannot be proved`,
  seals: (checked, stamped, last) =>
    `${checked} seals, ${stamped} of them time-stamped${last === undefined ? '' : `, the last ${last}`}`,
  place: seq => `event ${seq}`,
  sealed: (n, at) => `seal ${n}, ${at}`,
  nothingSealed: 'no seals yet',
  coached: 'looks coached; a person should look:',
  headsAre: 'heads (noted elsewhere, they prove that no end is cut off later):',
}

export const auditWords = { 'zh-CN': zh, en }
