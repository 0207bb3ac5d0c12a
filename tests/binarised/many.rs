//! Programs of many small networks, solved to the optimum: against the lead at every point of the set, found in whole
//! numbers that have nothing to do with the program.

use std::thread::{available_parallelism, scope};

use dashu::rational::RBig;
use fastrand::Rng;
use theriac::bounds::Interval;
use theriac::bounds::binarised::{Facts, Ground, Limits, Refined, Units};
use theriac::encode::binarised::{LatticeProgram, encode, strengthened};
use theriac::encode::recipe::complete;
use theriac::ir::{Model, VarId};
use theriac::network::binarised::{Integer, import};
use theriac::network::graph::Graph;
use theriac::question::lattice::Norm;
use theriac::question::verify::{Around, Lattice, Perturbation, Targets, Ties, Whole, Written};

use super::Plain;
use super::cuts::hulls;
use super::lattice::{cube, ratio};
use super::program::{attempt, whole};

/// A set of points by its definition. Everything is in halves of a step of the lattice.
struct Set {
    q: i64,
    center: Vec<i64>,
    /// Least and largest change of each coordinate.
    offsets: Vec<(i64, i64)>,
    balls: Vec<(Norm, i64)>,
}

impl Set {
    fn random(rng: &mut Rng, n: usize, q: i64) -> Self {
        // On the lattice, and beside it where halves of a step are doubles.
        let beside = q != 3 && rng.bool();
        let center = |rng: &mut Rng| {
            if beside { rng.i64(0..=2 * q) } else { 2 * rng.i64(0..=q) }
        };
        let center: Vec<i64> = (0..n).map(|_| center(rng)).collect();
        let radius = |rng: &mut Rng| rng.i64(0..=3 * q);
        let r = radius(rng);
        let mut offsets = vec![(-r, r); n];
        let mut balls = Vec::new();
        let kind = rng.u32(0..8);
        if matches!(kind, 1 | 4 | 6 | 7) {
            balls.push((Norm::L1, radius(rng)));
        }
        if matches!(kind, 2 | 5 | 6) {
            balls.push((Norm::L2, radius(rng)));
        }
        match kind {
            // No box but what the balls leave.
            1 | 2 => offsets.fill((-2 * q, 2 * q)),
            3 | 7 => {
                for o in &mut offsets {
                    // Coordinates that may not move among them.
                    *o = if rng.u32(0..3) == 0 { (0, 0) } else { (-radius(rng), radius(rng)) };
                }
            }
            _ => {}
        }
        Set { q, center, offsets, balls }
    }

    fn holds(&self, k: &[i64]) -> bool {
        let away: Vec<i64> = k.iter().zip(&self.center).map(|(k, c)| 2 * k - c).collect();
        let near = |(norm, r): &(Norm, i64)| match norm {
            Norm::L1 => away.iter().map(|d| d.abs()).sum::<i64>() <= *r,
            Norm::L2 => away.iter().map(|d| d * d).sum::<i64>() <= r * r,
        };
        away.iter().zip(&self.offsets).all(|(d, (low, high))| low <= d && d <= high)
            && self.balls.iter().all(near)
    }

    fn points(&self) -> Vec<Vec<i64>> {
        cube(self.center.len(), self.q).into_iter().filter(|k| self.holds(k)).collect()
    }

    /// The question that a specification would ask.
    fn around(&self) -> Around {
        let real = |halves: i64| enclosed(halves, 2 * self.q);
        let by = |(low, high): &(i64, i64)| (real(*low), real(*high));
        let ball = |(norm, r): &(Norm, i64)| match norm {
            Norm::L1 => Perturbation::L1(real(*r)),
            Norm::L2 => Perturbation::L2(real(*r)),
        };
        let mut perturbations: Vec<Perturbation> = self.balls.iter().map(ball).collect();
        // A box that says nothing has no part in it.
        if self.balls.is_empty() || fixed(self) {
            let offsets = self.offsets.iter().map(by).collect();
            perturbations.push(Perturbation::Offsets(offsets));
        }
        Around {
            center: self.center.iter().map(|c| real(*c)).collect(),
            perturbations,
            within: Some((Interval::ZERO, Interval::point(1.0))),
            lattice: Some(Lattice { times: 1.0, over: self.q as f64 }),
            whole: None,
            rows: Vec::new(),
            written: Written::default(),
        }
    }
}

fn enclosed(a: i64, b: i64) -> Interval {
    let near = a as f64 / b as f64;
    let exact = RBig::try_from(near).unwrap() == ratio(a, b);
    if exact { Interval::point(near) } else { Interval::new(near.next_down(), near.next_up()) }
}

/// Two to four inputs, up to three hidden layers of two to five units, two to four classes.
fn network(rng: &mut Rng, n: usize) -> Plain {
    let mut sizes = vec![n];
    sizes.extend((0..rng.usize(1..4)).map(|_| rng.usize(2..6)));
    let quarters = |rng: &mut Rng, most: i32| f64::from(rng.i32(-most..=most)) / 4.0;
    let mut hidden = Vec::new();
    for pair in sizes.windows(2) {
        let unit = |rng: &mut Rng| {
            let size = [1.0, 0.5, 3.0][rng.usize(0..3)];
            let weights = (0..pair[0]).map(|_| f64::from(rng.i32(-1..2)) * size).collect();
            let factor = f64::from(rng.i32(1..5)) * if rng.bool() { 0.5 } else { -0.25 };
            (weights, quarters(rng, 4), factor, quarters(rng, 4))
        };
        hidden.push((0..pair[1]).map(|_| unit(rng)).collect());
    }
    let last = *sizes.last().unwrap();
    let score = |rng: &mut Rng| {
        let weights = (0..last).map(|_| f64::from(rng.i32(-2..3)) / 2.0).collect();
        (weights, quarters(rng, 2))
    };
    let scores = (0..rng.usize(2..5)).map(|_| score(rng)).collect();
    // `Where(a >= 0, 1, -1)`, `Where(a > 0, 1, -1)`, `Sign`.
    Plain { hidden, at: [1.0, -1.0, 0.0][rng.usize(0..3)], scores }
}

/// How a program is strengthened.
#[derive(Clone, Copy, Debug)]
struct Rows {
    hull: bool,
    layerwise: bool,
}

/// A question with one set of points, of which every program has to say what enumeration does.
struct Instance {
    plain: Plain,
    graph: Graph,
    set: Set,
    class: usize,
    ties: Ties,
    targets: Targets,
    rows: Rows,
    /// Nodes of the cover.
    nodes: usize,
}

impl Instance {
    /// Always the same by its number.
    fn new(seed: u64) -> Self {
        let mut rng = Rng::with_seed(seed);
        loop {
            let q = rng.i64(1..5);
            let n = rng.usize(2..if q > 2 { 4 } else { 5 });
            let plain = network(&mut rng, n);
            let set = Set::random(&mut rng, n, q);
            let rows = Rows { hull: rng.u32(0..3) == 0, layerwise: rng.bool() };
            let nodes = [1, 3, 7, usize::MAX][rng.usize(0..4)];
            if set.points().is_empty() {
                continue;
            }
            return Instance {
                graph: plain.graph(),
                class: rng.usize(0..plain.scores.len()),
                ties: [Ties::Wrong, Ties::Right, Ties::First][rng.usize(0..3)],
                targets: if rng.bool() { Targets::Each } else { Targets::Together },
                plain,
                set,
                rows,
                nodes,
            };
        }
    }

    /// The question in whole numbers, a program each.
    fn asked(&self) -> Vec<Whole> {
        let about = (self.class, self.plain.scores.len());
        let cases = self.set.around().robust(about, self.ties, self.targets);
        cases.iter().map(|case| Whole::new(&self.graph, case).unwrap()).collect()
    }

    fn program(&self, asked: &Whole) -> LatticeProgram {
        let (points, class) = (&asked.points, asked.class);
        let rivals = asked.asked();
        let mut program = if self.rows.layerwise {
            let units = Units::new(&asked.network, points, (class, &asked.rivals)).unwrap();
            let ground = Ground::new(points, units);
            let limits = Limits { nodes: self.nodes, need: i64::MIN, threads: 1, cancel: None };
            let cover = ground.cover(&limits);
            let facts = Facts::of(&ground, &cover);
            let refined = Refined::new(&ground.units, &cover.cores, &facts);
            strengthened(points, refined, rivals).unwrap()
        } else {
            encode(&asked.network, points, (class, rivals)).unwrap()
        };
        if self.rows.hull {
            hulls(&mut program);
        }
        program
    }

    /// By how much a rival is ahead, in units of the scores; one less where it must be ahead.
    fn lead(&self, net: &Integer, k: &[i64], rivals: &[usize]) -> i64 {
        let scores = net.evaluate(k).scores;
        let less = |t: usize| match self.ties {
            Ties::Wrong => 0,
            Ties::Right => 1,
            Ties::First => i64::from(t > self.class),
        };
        rivals.iter().map(|t| scores[*t] - scores[self.class] - less(*t)).max().unwrap()
    }
}

/// What was met.
#[derive(Clone, Copy, Debug, Default)]
struct Met {
    solved: usize,
    programs: usize,
    points: usize,
    wins: usize,
    ties: usize,
    hull: usize,
    layerwise: usize,
    mixtures: usize,
    moves: usize,
    open: usize,
    /// By the sign of 0: 1, -1, 0.
    signs: [usize; 3],
    third: usize,
    negative: usize,
}

impl Met {
    fn add(&mut self, other: &Met) {
        self.solved += other.solved;
        self.programs += other.programs;
        self.points += other.points;
        self.wins += other.wins;
        self.ties += other.ties;
        self.hull += other.hull;
        self.layerwise += other.layerwise;
        self.mixtures += other.mixtures;
        self.moves += other.moves;
        self.open += other.open;
        self.third += other.third;
        self.negative += other.negative;
        for (a, b) in self.signs.iter_mut().zip(other.signs) {
            *a += b;
        }
    }
}

/// Solves one, and holds every point of its set against every row.
fn agrees(seed: u64) -> Met {
    let instance = Instance::new(seed);
    let Instance { plain, set, .. } = &instance;
    let points = set.points();
    let net = import(&instance.graph).unwrap().on_lattice(set.q as u32).unwrap();
    let asked = instance.asked();
    let rivals: Vec<usize> = asked.iter().flat_map(|w| w.rivals.clone()).collect();
    let all: Vec<usize> = (0..plain.scores.len()).filter(|t| *t != instance.class).collect();
    assert_eq!(rivals, all, "seed {seed}");
    let mut met = Met { solved: 1, points: points.len(), ..Met::default() };
    for whole_question in &asked {
        let program = instance.program(whole_question);
        let lead = |k: &Vec<i64>| instance.lead(&net, k, &whole_question.rivals);
        for k in &points {
            // Columns follow from the point; no row may be without it, and the objective is the lead.
            let columns: Vec<usize> = (0..k.len()).collect();
            let at = |v: usize| {
                let own = |j: &&usize| program.points[**j] == column(v);
                columns.iter().find(own).map_or(0.0, |j| k[*j] as f64)
            };
            let x = complete(&program.recipes, at);
            let worst = program.model.violation(&x);
            assert_eq!(worst.amount, 0.0, "seed {seed}: {k:?} breaks {:?}", worst.place);
            assert_eq!(program.model.objective_at(&x), -lead(k) as f64, "seed {seed}: {k:?}");
        }
        let truth = points.iter().map(lead).max().unwrap();
        assert_eq!(whole(&program.model), truth, "seed {seed}, {:?}", instance.rows);
        met.programs += 1;
        met.open |= usize::from(program.units.layers.iter().any(|l| !l.is_empty()));
        met.wins += usize::from(truth >= 0);
        met.ties += usize::from(truth == 0 || truth == -1);
    }
    met.hull = usize::from(instance.rows.hull);
    met.layerwise = usize::from(instance.rows.layerwise);
    met.mixtures = usize::from(set.balls.len() > 1 || (!set.balls.is_empty() && fixed(set)));
    met.moves = usize::from(points.len() > 1);
    met.signs[[1.0, -1.0, 0.0].iter().position(|a| *a == plain.at).unwrap()] = 1;
    met.third = usize::from(points.iter().any(|k| !net.evaluate(k).ties.is_empty()));
    met.negative = usize::from(plain.hidden.iter().flatten().any(|u| u.2 < 0.0));
    met
}

fn fixed(set: &Set) -> bool {
    set.offsets.iter().any(|o| *o != (-2 * set.q, 2 * set.q))
}

fn column(v: usize) -> theriac::encode::binarised::Whole {
    theriac::encode::binarised::Whole::Column(VarId(v as u32))
}

/// Runs all seeds, a share a thread.
fn shared<T: Send>(seeds: u64, one: impl Fn(u64) -> T + Sync) -> Vec<T> {
    let threads = available_parallelism().map_or(1, usize::from) as u64;
    let one = &one;
    scope(|s| {
        let share = |t: u64| {
            s.spawn(move || (t..seeds).step_by(threads as usize).map(one).collect::<Vec<T>>())
        };
        let all: Vec<_> = (0..threads).map(share).collect();
        all.into_iter().flat_map(|t| t.join().unwrap()).collect()
    })
}

/// Norms, mixtures, boxes; signs of 0; batch normalisation of either sign; one program for all rivals and one
/// each; rows of hulls and those of covers; rules for ties.
#[test]
fn thousands_of_optima_are_those_of_enumeration() {
    let mut all = Met::default();
    for met in shared(5_000, agrees) {
        all.add(&met);
    }
    println!("{all:?}");
    assert_eq!(all.solved, 5_000);
    // With more than one point and with units that neither box nor balls decide.
    assert!(all.open > 2_000 && all.moves > 2_500 && all.negative > 3_000, "{all:?}");
    let enough = [all.hull, all.layerwise, all.mixtures, all.wins, all.ties, all.third];
    assert!(enough.iter().all(|n| *n > 400), "{all:?}");
    assert!(all.signs.iter().all(|n| *n > 1_000), "{all:?}");
}

/// The same comparison sees a row that is off by one: made tighter, points break it or the optimum falls.
#[test]
fn a_row_that_is_off_by_one_is_seen() {
    let seen = shared(300, |seed| {
        let instance = Instance::new(seed);
        let asked = &instance.asked()[0];
        let net = import(&instance.graph).unwrap().on_lattice(instance.set.q as u32).unwrap();
        let points = instance.set.points();
        let truth = points.iter().map(|k| instance.lead(&net, k, &asked.rivals)).max();
        let program = instance.program(asked);
        let rows = program.model.row_count();
        let mut rng = Rng::with_seed(seed);
        (rows > 0).then(|| {
            let one = off_by_one(&program.model, rng.usize(0..rows));
            attempt(&one).is_none_or(|found| Some(found.round() as i64) != truth)
        })
    });
    let (asked, seen) =
        (seen.iter().flatten().count(), seen.iter().flatten().filter(|s| **s).count());
    println!("{seen} of {asked}");
    assert!(asked > 200 && 4 * seen > asked, "{seen} of {asked}");
}

fn off_by_one(model: &Model, which: usize) -> Model {
    use theriac::ir::{Rows, Sense};
    let mut out = Model { rows: Rows::default(), ..model.clone() };
    for (at, row) in model.rows.iter().enumerate() {
        let by = match (at == which, row.sense) {
            (false, _) => 0.0,
            (true, Sense::Le) => -1.0,
            (true, Sense::Ge | Sense::Eq) => 1.0,
        };
        let terms: Vec<(VarId, f64)> =
            row.cols.iter().copied().zip(row.vals.iter().copied()).collect();
        out.add_row(&terms, row.sense, row.rhs + by, row.origin);
    }
    out
}
