//! The command line as typed: the list of commands, and help and mistakes in Chinese.

use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{ArgAction, CommandFactory, FromArgMatches, Parser, Subcommand};

use super::{Done, Screen, evaluate, explain, import, inspect, lint, merge, reconcile, template};

/// Layout of every help page; clap's own headings are English.
const HELP: &str = "{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}";

#[derive(Debug, Parser)]
#[command(
    name = "hedui",
    version,
    about = "核对：把各乡镇街道报来的表格与官方责任分解清单逐条对上，汇总、找缺、退改。",
    override_usage = "hedui <命令> [选项]",
    subcommand_help_heading = "命令",
    subcommand_value_name = "命令",
    disable_help_subcommand = true,
    disable_help_flag = true,
    disable_version_flag = true,
    after_help = "每个命令的说明：hedui <命令> --help"
)]
pub(super) struct Cli {
    #[command(subcommand)]
    command: Command,
    /// 只在出错时输出文字
    #[arg(long, global = true, help_heading = "选项")]
    quiet: bool,
    /// 显示说明
    #[arg(short, long, global = true, help_heading = "选项", action = ArgAction::Help)]
    help: Option<bool>,
    /// 显示版本
    #[arg(short = 'V', long, help_heading = "选项", action = ArgAction::Version)]
    version: Option<bool>,
}

#[derive(Debug, Subcommand)]
enum Command {
    Import(import::ImportArguments),
    Lint(lint::LintArguments),
    Template(template::Arguments),
    Reconcile(reconcile::Arguments),
    Merge(merge::Arguments),
    Inspect(inspect::InspectArguments),
    Explain(explain::ExplainArguments),
    Evaluate(evaluate::Arguments),
}

/// Why parsing ended without a command to run.
#[derive(Debug)]
pub(super) enum Stop {
    /// Help or version was asked for and has been shown.
    Shown,
    /// The command line is wrong: one Chinese sentence.
    Wrong(String),
}

/// Parses the command line.
pub(super) fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Cli, Stop> {
    let names: Vec<String> = Cli::command().get_subcommands().map(|command| command.get_name().to_owned()).collect();
    let mut command = Cli::command().help_template(HELP);
    for name in names {
        command = command.mut_subcommand(name, |subcommand| subcommand.help_template(HELP));
    }
    let matches = command.try_get_matches_from(arguments).and_then(|matches| Cli::from_arg_matches(&matches));
    matches.map_err(|error| match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            // A closed pipe is no failure of ours.
            let _ = error.print();
            Stop::Shown
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand | ErrorKind::MissingSubcommand => {
            Stop::Wrong("没有写命令，例如：hedui reconcile 提交 -o 汇总.xlsx；全部命令见 hedui --help".to_owned())
        }
        _ => Stop::Wrong(mistake(&error)),
    })
}

/// Runs the command.
pub(super) fn dispatch(cli: &Cli) -> anyhow::Result<Done> {
    let screen = Screen::new(cli.quiet);
    match &cli.command {
        Command::Import(arguments) => import::run(arguments, screen),
        Command::Lint(arguments) => lint::run(arguments, screen),
        Command::Template(arguments) => template::run(arguments, screen),
        Command::Reconcile(arguments) => reconcile::run(arguments, screen),
        Command::Merge(arguments) => merge::run(arguments, screen),
        Command::Inspect(arguments) => inspect::run(arguments, screen),
        Command::Explain(arguments) => explain::run(arguments),
        Command::Evaluate(arguments) => evaluate::run(arguments, screen),
    }
}

/// A mistake on the command line in one Chinese sentence.
fn mistake(error: &clap::Error) -> String {
    let told = |kind: ContextKind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join("、"),
        _ => String::new(),
    };
    let argument = told(ContextKind::InvalidArg);
    let value = told(ContextKind::InvalidValue);
    let way_out = "用法见该命令的 --help";
    match error.kind() {
        ErrorKind::InvalidSubcommand => {
            format!("没有“{}”这个命令，全部命令见 hedui --help", told(ContextKind::InvalidSubcommand))
        }
        ErrorKind::UnknownArgument => format!("不认识“{argument}”，{way_out}"),
        ErrorKind::MissingRequiredArgument => format!("缺少{argument}，{way_out}"),
        ErrorKind::InvalidValue if value.is_empty() => format!("“{argument}”后面缺少内容，{way_out}"),
        ErrorKind::InvalidValue => {
            format!("“{argument}”不能写“{value}”，可以写：{}", told(ContextKind::ValidValue))
        }
        ErrorKind::ValueValidation => {
            let reason = std::error::Error::source(error).map(ToString::to_string).unwrap_or_default();
            format!("“{argument}”写得不对：{reason}")
        }
        ErrorKind::ArgumentConflict => format!("“{argument}”写了两次，或不能与其他选项同用，{way_out}"),
        ErrorKind::TooManyValues | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            format!("“{argument}”后面内容的个数不对，{way_out}")
        }
        ErrorKind::InvalidUtf8 => "命令行中有无法识别的字符，请检查文件名".to_owned(),
        _ => format!("命令写得不对，{way_out}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn mistakes_are_said_in_chinese() {
        for (line, words) in [
            (vec!["hedui"], "没有写命令"),
            (vec!["hedui", "重算"], "没有“重算”这个命令"),
            (vec!["hedui", "reconcile", "提交", "--outt", "x"], "不认识“--outt”"),
            (vec!["hedui", "reconcile", "提交"], "缺少"),
            (vec!["hedui", "reconcile", "提交", "-o", "x", "--period", "2024Q9"], "不是报送周期"),
        ] {
            let Err(Stop::Wrong(sentence)) = parse(line.into_iter().map(OsString::from)) else { panic!("{words}") };
            assert!(sentence.contains(words), "{sentence}");
        }
    }
}
