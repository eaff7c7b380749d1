import { directionWords, roleWords, speakerWords } from '../../http/words/people.ts'
import { auditWords } from './audit.ts'
import { callbackWordsInEnglish } from './callbacks.ts'
import { floorWordsInEnglish } from './floor.ts'
import { flowWordsInEnglish } from './flow.ts'
import { incidentWordsInEnglish } from './incidents.ts'
import { keyWords } from './keys.ts'
import { enOrders } from './orders.ts'
import { planningWordsInEnglish } from './planning.ts'
import { programWords } from './programs.ts'
import { retentionWords } from './retention.ts'
import { surveyWordsInEnglish } from './surveys.ts'
import { termsIn } from './terms.ts'
import { trailWords } from './trail.ts'
import { catalogueWordsInEnglish, triageWordsInEnglish } from './triage.ts'
import type { Messages } from './zh-CN.ts'

const terms = termsIn('en')

export const en: Messages = {
  about: "Jieting: the voice service of a city's 12345 citizen hotline",
  help: {
    headings: {},
    command: 'show the help of a command',
    help: 'show help',
    version: 'show the version',
    json: 'print JSON, for programs',
    lang: 'language: zh-CN or en',
    wrongArguments: what => `wrong arguments: ${what}`,
  },
  start: {
    about: 'start the hotline',
    stopping: 'stopping… interrupt again to leave at once',
    stopped: 'stopped',
    crashed: reason => `an error that nobody caught (${reason}); leaving`,
    late: 'not everything stopped within 20 s; leaving',
  },
  calls: {
    about: 'list calls, newest first',
    limit: 'how many at most',
    before: 'only calls older than this one',
    state: 'only calls in this state: ringing, answered, ended',
    head: ['Call', 'Rang at', 'Way', 'Caller', 'Called', 'State', 'Length'],
    none: 'no calls yet',
    more: id => `older calls: jieting calls --before ${id}`,
    directions: terms(directionWords),
    states: { ringing: 'ringing', answered: 'up', ended: 'over' },
    withheld: 'withheld',
    showAbout: 'show one call as it went, from INVITE to BYE',
    id: 'id of the call',
    untilPerson: seconds => `from INVITE to a person: ${seconds} s`,
  },
  seat: {
    about: 'seats: people with a phone',
    listAbout: 'list seats',
    addAbout: 'add a seat: a phone with a fixed address (--contact), or one that registers with a password',
    removeAbout: 'remove a seat',
    readyAbout: 'ready: callers are offered to it',
    awayAbout: 'away on a break: no callers are offered to it',
    awayReason: 'why: busy, rest, meal or training',
    signInAbout: 'begin a shift: callers are offered once it is ready',
    signOutAbout: 'end a shift',
    doneAbout: 'end the wrap-up',
    skillsAbout: 'say what a seat can do beside the ordinary; without skills: nothing',
    skills: 'en, yue, sign, enterprise: tags of languages, and words of your own',
    can: (name, skills) => `seat ${name}: ${skills === '' ? 'no skills' : skills}`,
    statesAbout: 'list when each seat was in which state',
    hours: 'of the last hours',
    missed: (declined = 0, unanswered = 0) =>
      declined + unanswered === 0 ? '' : `, declined ${declined}, missed ${unanswered}`,
    statesHead: ['Seat', 'Member', 'State', 'From', 'Until'],
    noStates: 'nothing was written down in that time',
    name: 'name of the seat, the user part of its SIP address',
    display: 'name that people read',
    number: 'what citizens know its agent by; the next free one when absent',
    contact: 'SIP URI of the phone',
    passwordStdin: 'read the password for registering from standard input; made when absent',
    head: ['Seat', 'Name', 'Number', 'State', 'Phone'],
    none: 'no seats yet; add one: jieting seat add s1 --name "Seat 1" --contact sip:s1@127.0.0.1:5090',
    added: name => `seat ${name} added; to take calls: jieting seat ready ${name}`,
    password: password => `password for registering, shown only now: ${password}`,
    removed: name => `seat ${name} removed`,
    now: (name, state) => `seat ${name}: ${state}`,
  },
  backup: {
    about:
      'copy the database, the data folder with recordings and keys, and the files of rules into one file',
    to: 'a new file; nothing is overwritten',
    restoreAbout: 'put a backup back, into an empty data folder and an empty database',
    file: 'the backup',
    made: (file, files, megabytes) => `Copied to ${file}: ${files} files, ${megabytes} MB.`,
    plain: 'not sealed: for a place that is encrypted itself',
    askPassphrase: 'passphrase of the backup (at least 12 characters, not shown): ',
    isSealed: 'It is sealed by the passphrase, without which nobody puts it back: keep that apart from it.',
    isPlain: 'It is not sealed, and keys are in it: keep it as you keep them.',
    restored: (at, folder, rules) =>
      `The backup of ${at} is back in ${folder}. Its files of rules are in ${rules}: compare them with those in use.`,
  },
  staff: {
    about: 'staff: who can sign in, and what they may do',
    listAbout: 'list staff',
    addAbout: 'add a member; the password is asked for, or read from standard input',
    removeAbout: 'remove a member, and sign them out everywhere',
    passwordAbout:
      'set a password anew, and sign them out everywhere; they choose another when they sign in by it',
    sessionsAbout: 'list where a member is signed in',
    signOutAbout: 'sign a member out everywhere',
    lostDeviceAbout:
      'lost device: remove the second step of a member; of a supervisor, an auditor or an admin another admin agrees at /account',
    rescueAbout:
      'when no administrator can sign in: add one in the database itself; with the database in DATA_DIR stop the hotline first',
    name: 'name to sign in with; of a seat, the name of the seat',
    role: 'role: seat, supervisor, unit, auditor or admin',
    display: 'name that people read; the same when absent',
    unit: 'name of the responsible unit, for role unit',
    signer:
      'who does it: the name of an administrator, whose password is asked for; needless while there is none',
    askPassword: 'password (at least 12 characters, not shown): ',
    askCode: 'Code of your app, or a recovery code (not shown): ',
    head: ['Name', 'Display', 'Role', 'Unit'],
    none: 'no staff yet; add the first admin: jieting staff add <name> --role admin',
    roles: terms(roleWords),
    added: (name, role) => `${name} added (${role})`,
    removed: name => `${name} removed`,
    passwordSet: name => `password of ${name} set`,
    sessionsHead: ['Device', 'Address', 'Since', 'Last used'],
    noSessions: name => `${name} is signed in nowhere`,
    signedOut: name => `${name} is signed out everywhere`,
    lostDevice: {
      asked: name => `asked that the second step of ${name} goes; another admin has to agree within a day`,
      removed: name => `the second step of ${name} is removed, and their sessions have ended`,
    },
  },
  caller: {
    about: 'callers',
    markAbout: 'say whether a caller is elder, and what they speak',
    number: 'telephone number',
    elder: 'elder: the next call runs the flow for elder callers',
    notElder: 'not elder',
    language: 'language the flows speak to them from the next call on, as yue',
    spoken: language => `spoken to in ${language}, where the flows have it`,
    marked: elder => (elder ? 'marked as elder' : 'no longer marked as elder'),
  },
  callbacks: callbackWordsInEnglish,
  incidents: incidentWordsInEnglish,
  surveys: surveyWordsInEnglish,
  catalogue: catalogueWordsInEnglish,
  triage: triageWordsInEnglish,
  planning: planningWordsInEnglish,
  audit: auditWords.en,
  trail: trailWords.en,
  retention: retentionWords.en,
  programs: programWords.en,
  keys: keyWords.en,
  floor: floorWordsInEnglish,
  dial: {
    about: 'ring a number and run a flow on the call',
    number: 'number in E.164, as +8613800138000',
    flow: 'name of the flow',
    answered: call => `answered; see how it goes: jieting calls show ${call}`,
  },
  orders: enOrders,
  flow: flowWordsInEnglish,
  captions: {
    about: 'captions: what was said in a call',
    showAbout: 'show the transcript of a call',
    format: 'json, vtt, srt or html; lines to read when absent',
    eraseAbout: 'erase the transcript of a call for good',
    erased: call => `the transcript of ${call} is erased`,
    speakers: terms(speakerWords),
    scoreAbout: 'compare what was recognized with what was said: CER, NER grades, numbers, negations, names',
    reference: 'what was said, a text file in UTF-8',
    hypothesis: 'what was recognized, a text file in UTF-8',
    namesFile: 'people and places that must be right, one a line',
    cer: (cer, characters, substituted, deleted, inserted) =>
      `CER ${cer}: ${characters} characters, ${substituted} wrong, ${deleted} lost, ${inserted} made up`,
    ner: (ner, minor, standard, serious) =>
      `NER ${ner}: ${minor} minor, ${standard} standard, ${serious} serious`,
    head: ['Class', 'Said', 'Right', 'Made up'],
    numbers: 'numbers',
    negations: 'negations',
    names: 'names',
  },
  flowVersions: {
    versionsAbout: 'list the versions of the flows: who, when, why, and which one answers',
    diffAbout: 'show what a version changed',
    loadAbout: 'take flow files into use: proved first, then for calls that begin from now on',
    promoteAbout: 'let the version on trial answer every call',
    rollbackAbout: 'go back: end a trial, else to the version before, or to the one named',
    version: 'number of a version',
    from: 'the version to compare with; the one before it when absent',
    files: 'flow files (YAML); files that are not given stay as they are',
    note: 'what changed, and why',
    author: 'who does it; USER when absent',
    canary: 'only for a share of the calls, as 5%',
    without: 'names of flow files that go',
    head: ['Version', 'Use', 'Time', 'Author', 'Note', 'Digest'],
    inUse: 'answers',
    none: 'no versions yet: the database has not kept any',
    same: 'no difference',
    answers: (version, author) => `version ${version} answers (${author})`,
    onTrial: (version, share) => `version ${version} is on trial, for ${share} of the calls`,
    refused: time => `flow files saved at ${time} are not in use:`,
    unusable: version =>
      `version ${version} cannot be used by this build, and others answer (mend it: jieting flow diff ${version}, then jieting flow load):`,
  },
  cityTime: (city, zone) => `Times are those of ${city} (${zone})`,
  fault: (place, found, expected) => `${place}: found ${found}, expected ${expected}`,
  titled: (title, fault) => `${title}: ${fault}`,
  titles: { 'server-silent': 'the hotline is not running' },
  unforeseen: what => `failed: ${what}`,
}
