import { Command, CommanderError, Option } from 'commander'
import { errorText } from '../foundation/index.ts'
import { type AddCommands, type Cli, exit, exitCodeOf, faultsOf, type Terminal } from './cli.ts'
import { createClient } from './client.ts'
import { addAuditCommands } from './commands/audit.ts'
import { addBackupCommands } from './commands/backup.ts'
import { addCallbackCommands } from './commands/callbacks.ts'
import { addCallerCommands } from './commands/caller.ts'
import { addCallCommands } from './commands/calls.ts'
import { addCaptionCommands } from './commands/captions.ts'
import { addCatalogueCommands } from './commands/catalogue.ts'
import { addCatalogueVersionCommands } from './commands/catalogue-versions.ts'
import { addDialCommand } from './commands/dial.ts'
import { addDispatchCommands } from './commands/dispatch.ts'
import { addFeatureCommand } from './commands/features.ts'
import { addFloorCommands } from './commands/floor.ts'
import { addFlowCommands } from './commands/flow.ts'
import { addFlowVersionCommands } from './commands/flow-versions.ts'
import { addIncidentCommands } from './commands/incidents.ts'
import { addKeyCommands } from './commands/keys.ts'
import { addKnowledgeCommands } from './commands/knowledge.ts'
import { addOrderCommands } from './commands/orders.ts'
import { addPersonCommands } from './commands/person.ts'
import { addProgramCommands } from './commands/programs.ts'
import { addRuleCommands } from './commands/rules.ts'
import { addSeatCommands } from './commands/seat.ts'
import { addStaffCommands } from './commands/staff.ts'
import { addStartCommand } from './commands/start.ts'
import { addSurveyCommands } from './commands/surveys.ts'
import { addTrailCommands } from './commands/trail.ts'
import { addTriageCommands } from './commands/triage.ts'
import { languageOf, messagesIn } from './language.ts'
import { printable, widthOf } from './screen.ts'

const groups: readonly AddCommands[] = [
  addStartCommand,
  addBackupCommands,
  addCallCommands,
  addCallbackCommands,
  addCaptionCommands,
  addSeatCommands,
  addFloorCommands,
  addStaffCommands,
  addProgramCommands,
  addKeyCommands,
  addCallerCommands,
  addDialCommand,
  addSurveyCommands,
  addAuditCommands,
  addTrailCommands,
  addPersonCommands,
  addOrderCommands,
  addCatalogueCommands,
  addCatalogueVersionCommands,
  addRuleCommands,
  addDispatchCommands,
  addFeatureCommand,
  addTriageCommands,
  addIncidentCommands,
  addKnowledgeCommands,
  addFlowCommands,
  addFlowVersionCommands,
]

/** Runs one command line, without the program's name in front, and gives the exit code. */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const language = languageOf(args, terminal.env)
  const words = messagesIn[language]
  let code: number = exit.done
  const program = createProgram(terminal, words)
  const complain = (line: string) => terminal.complain(`${printable(line)}\n`)

  const cli: Cli = {
    env: terminal.env,
    language,
    words,
    hotline: createClient(terminal.env),
    answer: (value, text) =>
      terminal.write(program.opts().json ? `${JSON.stringify(value ?? null)}\n` : `${printable(text)}\n`),
    print: line => terminal.write(`${printable(line)}\n`),
    complain,
    explain(error) {
      const faults = faultsOf(error)
      if (faults.length === 0) complain(words.unforeseen(errorText(error)))
      for (const { code, place, found, expected } of faults) {
        complain(words.titled(words.titles[code], words.fault(place, found, expected)))
      }
    },
    readInput: terminal.readInput,
    typed: terminal.typed,
    readSecret: terminal.readSecret,
    exitWith: given => {
      code = given
    },
  }

  for (const add of groups) add(program, cli)
  try {
    await program.parseAsync(args, { from: 'user' })
    return code
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exit.done : exit.wrong
    cli.explain(error)
    return exitCodeOf(error)
  }
}

function createProgram(terminal: Terminal, { about, help }: Cli['words']): Command {
  return new Command('jieting')
    .description(about)
    .version('0.1.0', '-V, --version', help.version)
    .option('--json', help.json)
    .addOption(new Option('--lang <language>', help.lang).choices(Object.keys(messagesIn)))
    .helpOption('-h, --help', help.help)
    .helpCommand('help [command]', help.command)
    .exitOverride()
    .configureHelp({ displayWidth: widthOf, styleTitle: title => help.headings[title] ?? title })
    .configureOutput({
      writeOut: text => terminal.write(text),
      writeErr: text => terminal.complain(text),
      outputError: (text, write) => write(help.wrongArguments(text.replace(/^error: /, ''))),
    })
}
