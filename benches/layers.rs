//! How long does each layer take, on its own and as part of the whole job? `cargo bench`; rates are rows per second.

#![allow(missing_docs, reason = "criterion's macros make public items")]
#![allow(clippy::unwrap_used, reason = "what a bench makes up itself is sound")]

mod generated;

use std::hint::black_box;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use criterion::{BatchSize, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use hedui::consolidation::{Consolidation, consolidate};
use hedui::findings::{self, Run};
use hedui::list::{Plan, import};
use hedui::matches::{MatchSettings, MatchedSubmission, Model, PlanIndex, Shelf, match_submission};
use hedui::outputs::{consolidated, result_file};
use hedui::records::{Reader, Submission};
use hedui::workbooks::{Arrival, Limits, open};

/// Workbooks from which the layers are measured one by one.
const WORKBOOKS: usize = 100;
/// Rows of one workbook: one for each task.
const ROWS: usize = 69;

fn rows(workbooks: usize) -> Throughput {
    Throughput::Elements(u64::try_from(workbooks * ROWS).unwrap())
}

fn arrivals(plan: &Plan) -> Vec<Arrival> {
    let arrival = |place| {
        let (file, bytes) = generated::workbook(plan, place);
        let content = open(&bytes, &Limits::default());
        Arrival { file, outer_folder: None, path: None, size: 0, sha256: String::new(), content }
    };
    (0..plan.townships.len()).map(arrival).collect()
}

fn submissions(plan: &Plan) -> Vec<Submission> {
    let reader = Reader::new(plan);
    arrivals(plan).iter().flat_map(|arrival| reader.read(arrival)).collect()
}

fn matched(plan: &Plan) -> Vec<MatchedSubmission> {
    let index = PlanIndex::new(plan);
    let matched = |submission: Submission| {
        let matches = match_submission(&submission, &index, Model::built_in(), MatchSettings::default());
        MatchedSubmission { submission, matches }
    };
    submissions(plan).into_iter().map(matched).collect()
}

fn consolidation(plan: &Plan) -> Consolidation {
    let period = generated::PERIOD.parse().unwrap();
    let matched = Shelf::from(matched(plan));
    let found = findings::check(&Run::new(plan, period, &matched));
    consolidate(plan.clone(), "", period, "", matched, found)
}

fn importing(criterion: &mut Criterion) {
    let document = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/documents/dongtou.txt");
    let mut group = criterion.benchmark_group("import");
    group.throughput(rows(1));
    group.bench_function("published text", |bencher| bencher.iter(|| import::read(black_box(&document)).unwrap()));
    group.finish();
}

/// The same table in each format that can be made up here, and a real xls of the samples (43 rows).
fn reading(criterion: &mut Criterion) {
    let table = generated::table(&generated::plan(1), 0);
    let limits = Limits::default();
    let mut group = criterion.benchmark_group("read");
    for (format, bytes) in [
        ("xlsx", generated::formats::xlsx(&table)),
        ("ods", generated::formats::ods(&table)),
        ("html", generated::formats::html(&table)),
        ("csv in GBK", generated::formats::csv(&table)),
    ] {
        group.throughput(rows(1));
        group.bench_function(format, |bencher| bencher.iter(|| open(black_box(&bytes), &limits).unwrap()));
    }
    let xls = std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/2024Q1/东屏街道一季度汇总.xls"));
    let xls = xls.unwrap();
    group.throughput(Throughput::Elements(43));
    group.bench_function("xls", |bencher| bencher.iter(|| open(black_box(&xls), &limits).unwrap()));
    group.finish();
}

fn stages(criterion: &mut Criterion) {
    let plan = generated::plan(WORKBOOKS);
    let mut group = criterion.benchmark_group("stage");
    group.throughput(rows(WORKBOOKS)).sample_size(10);
    // Readers and indexes remember what they met: each turn begins with new ones, as a run does.
    let files: Vec<_> = (0..WORKBOOKS).map(|place| generated::workbook(&plan, place).1).collect();
    let limits = Limits::default();
    group.bench_function("open", |bencher| {
        bencher.iter(|| files.iter().for_each(|bytes| drop(black_box(open(bytes, &limits)))));
    });
    let opened = arrivals(&plan);
    group.bench_function("tables", |bencher| {
        let lay_out = |reader: Reader| {
            for workbook in opened.iter().filter_map(|arrival| arrival.content.as_ref().ok()) {
                black_box(reader.lay_out(workbook));
            }
            reader
        };
        bencher.iter_batched(|| Reader::new(&plan), lay_out, BatchSize::PerIteration);
    });
    group.bench_function("tables and records", |bencher| {
        let read = |reader: Reader| {
            for arrival in &opened {
                black_box(reader.read(arrival));
            }
            reader
        };
        bencher.iter_batched(|| Reader::new(&plan), read, BatchSize::PerIteration);
    });
    let submissions = submissions(&plan);
    group.bench_function("matches", |bencher| {
        let matched = |index: PlanIndex| {
            for submission in &submissions {
                black_box(match_submission(submission, &index, Model::built_in(), MatchSettings::default()));
            }
            index
        };
        bencher.iter_batched(|| PlanIndex::new(&plan), matched, BatchSize::PerIteration);
    });
    let matched = Shelf::from(matched(&plan));
    let period = generated::PERIOD.parse().unwrap();
    let run = Run::new(&plan, period, &matched);
    group.bench_function("findings", |bencher| bencher.iter(|| findings::check(black_box(&run))));
    let found = findings::check(&run);
    group.bench_function("consolidation", |bencher| {
        bencher.iter_batched(
            || (plan.clone(), matched.clone(), found.clone()),
            |(plan, matched, found)| consolidate(plan, "", period, "", matched, found),
            BatchSize::PerIteration,
        );
    });
    let consolidation = consolidation(&plan);
    let out = tempfile::tempdir().unwrap();
    let (workbook, json) = (out.path().join("汇总.xlsx"), out.path().join("结果.json"));
    group.bench_function("consolidated workbook", |bencher| {
        bencher.iter(|| consolidated::write(&consolidation, &workbook).unwrap());
    });
    group.bench_function("result file", |bencher| {
        bencher.iter(|| result_file::write(&consolidation, &json).unwrap());
    });
    group.finish();
}

/// The whole process, with the program's start.
fn whole_job(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("whole job");
    group.sample_size(10).measurement_time(Duration::from_secs(10));
    for workbooks in [6, 100, 1000] {
        let folder = tempfile::tempdir().unwrap();
        generated::write_folder(folder.path(), workbooks).unwrap();
        let mut job = Command::new(env!("CARGO_BIN_EXE_hedui"));
        job.current_dir(folder.path());
        job.args(["--quiet", "reconcile", "提交", "--plan", "方案.toml", "-o", "汇总.xlsx"]);
        group.throughput(rows(workbooks));
        group.bench_function(BenchmarkId::from_parameter(workbooks), |bencher| {
            bencher.iter(|| assert!(job.status().unwrap().success()));
        });
    }
    group.finish();
}

criterion_group!(benches, importing, reading, stages, whole_job);
criterion_main!(benches);
