//! Layerwise bounds: what a cover says of a network, against enumeration; and the programs that it strengthens.

use dashu::rational::RBig;
use fastrand::Rng;
use theriac::bounds::binarised::{Cover, Facts, Ground, Limits, Literal, Log, Refined, Units};
use theriac::encode::binarised::{
    HullRow, LatticeError, LatticeProgram, Rivals, Whole, encode, strengthened,
};
use theriac::ir::{Model, VarId, VarKind};
use theriac::network::binarised::{Integer, import};
use theriac::question::lattice::{Lattice, Norm};

use super::Plain;
use super::attack::random;
use super::golden::{GOLDEN, network};
use super::lattice::{ball, cube, ratio};
use super::program::{optimum, solved, whole};

/// All nodes that there may be.
pub(super) const ALL: Limits<'_> =
    Limits { nodes: usize::MAX, need: i64::MIN, threads: 2, cancel: None };

/// The linear relaxation.
fn relaxed(model: &Model) -> Model {
    let mut relaxed = model.clone();
    for v in 0..relaxed.vars.len() as u32 {
        relaxed.vars.set_kind(VarId(v), VarKind::Continuous);
    }
    relaxed
}

/// The bound of the linear relaxation.
fn root(model: &Model) -> f64 {
    optimum(&relaxed(model))
}

/// Adds rows of the hulls until none is broken, and says how many.
pub fn hulls(program: &mut LatticeProgram) -> usize {
    let mut count = 0;
    for _ in 0..20 {
        let (_, x) = solved(&relaxed(&program.model));
        let rows = program.separate(&x, 1e-6);
        if rows.is_empty() {
            break;
        }
        program.add_hulls(&rows);
        count += rows.len();
    }
    count
}

pub(super) fn ground(
    net: &Integer,
    points: &Lattice,
    class: usize,
) -> Result<Ground, LatticeError> {
    let rivals = Rivals::Any.classes(class, net.scores.len());
    Ok(Ground::new(points, Units::new(net, points, (class, &rivals))?))
}

/// papers 4.12: the same optima with layerwise rows, and root bounds no worse than those printed.
#[test]
fn the_table_has_its_root_bounds() {
    let net = network();
    let (mut runs, mut rows, mut tighter, mut checked) = (0, 0, 0, 0);
    for (at, _, class, _, table) in GOLDEN {
        let center: Vec<RBig> = at.iter().map(|k| ratio(*k, 4)).collect();
        for (norm, values) in [None, Some(Norm::L1), Some(Norm::L2)].into_iter().zip(table) {
            for (quarters, value) in (1..=3).zip(values) {
                let radius = ratio(quarters, 4);
                let points = ball(4, &center, &radius, norm).unwrap();
                let plain = encode(&net, &points, (class, Rivals::Any)).unwrap();
                let ground = ground(&net, &points, class).unwrap();
                let cover = ground.cover(&ALL);
                assert!(cover.cores.iter().all(|c| ground.geometry.proves(c)));
                let facts = Facts::of(&ground, &cover);
                let refined = Refined::new(&ground.units, &cover.cores, &facts);
                let cuts = strengthened(&points, refined, Rivals::Any).unwrap();
                let (mut hull, mut both) = (plain.clone(), cuts.clone());
                rows += hulls(&mut hull);
                hulls(&mut both);
                let all = [plain, hull, cuts, both];
                for p in &all {
                    assert_eq!(whole(&p.model), value, "{at:?}, {norm:?}, {quarters}/4");
                    runs += 1;
                }
                let roots = all.map(|p| root(&p.model));
                let [plain, hull, cuts, both] = roots;
                assert!(hull <= plain + 1e-6 && cuts <= plain + 1e-6);
                assert!(both <= hull + 1e-6 && both <= cuts + 1e-6 && both >= value as f64 - 1e-6);
                tighter += usize::from(hull < plain - 0.01);
                let printed = match (at, norm, quarters) {
                    ([3, 1, 2], None, 1) => [4.78, 4.50, -3.0],
                    ([4, 0, 2], Some(Norm::L1), 3) => [4.81, 4.33, -3.0],
                    ([1, 3, 0], Some(Norm::L1), 1) => [4.92, 4.75, 4.0],
                    _ => continue,
                };
                for (root, printed) in roots.iter().zip(printed) {
                    assert!(*root <= printed + 0.005, "{roots:?} and {printed:?}");
                }
                checked += 1;
            }
        }
    }
    assert_eq!((runs, checked), (108, 3));
    assert!(rows > 40 && tighter > 4, "{rows} rows, {tighter} tighter");
}

/// A network with a ball: a point that is on the lattice or beside it, every norm, mixtures.
pub(super) fn question(rng: &mut Rng) -> Option<(Integer, Lattice, usize)> {
    let q = [1, 2, 4][rng.usize(0..3)];
    let net = if rng.bool() {
        let mut plain = Plain::random(rng);
        if rng.bool() {
            plain.at = 0.0;
        }
        import(&plain.graph()).unwrap().on_lattice(q).unwrap()
    } else {
        let mut net = random(rng, q);
        net.scores.truncate(2);
        net
    };
    let n = net.inputs;
    let (part, q) = ([1, 2][rng.usize(0..2)], i64::from(q));
    let center: Vec<RBig> = (0..n).map(|_| ratio(rng.i64(0..q * part + 1), q * part)).collect();
    let radius = ratio(rng.i64(1..9), 2 * q);
    let mut points = match [None, Some(Norm::L1), Some(Norm::L2)][rng.usize(0..3)] {
        None => Lattice::around(q as u32, &center, &radius)?,
        Some(norm) => Lattice::ball(q as u32, &center, &radius, norm)?,
    };
    if rng.u32(0..4) == 0 {
        points.balls.extend(Lattice::ball(q as u32, &center, &ratio(3, 2), Norm::L1)?.balls);
    }
    if rng.u32(0..4) == 0 {
        points.high[0] = points.low[0];
    }
    Some((net, points, rng.usize(0..2)))
}

/// Whether units of one layer have a literal.
fn has(on: &[bool], (unit, positive): Literal) -> bool {
    on[unit as usize] == positive
}

/// A log that says something else is refused, unless what it says is true as well.
fn forge(rng: &mut Rng, mut log: Log, (ground, points): (&Ground, &Lattice), inside: &[&Vec<i64>]) {
    let sums = |k: &Vec<i64>| ground.units.evaluate(k);
    match rng.u32(0..4) {
        0 => {
            let Some(most) = log.facts.leads[0].as_mut() else { return };
            *most -= 1;
            let lead = |k: &&Vec<i64>| ground.units.leads[0].value(sums(k).last().unwrap());
            if inside.iter().map(lead).max().is_some_and(|l| l > log.facts.leads[0].unwrap()) {
                assert!(log.check(&ground.units, points).is_err());
            }
        }
        1 => {
            let Some(core) = log.cores.first_mut() else { return };
            core.literals.pop();
            let core = log.cores[0].clone();
            let all = |k: &&&Vec<i64>| core.literals.iter().all(|(l, _)| has(&sums(k)[0], *l));
            if inside.iter().any(|k| all(&k)) {
                assert!(log.check(&ground.units, points).is_err());
            }
        }
        2 => {
            log.tree.pop();
            assert!(log.check(&ground.units, points).is_err());
        }
        _ => {
            let units = log.facts.layers.iter().map(|l| l.known.len());
            let Some(layer) = units.clone().position(|n| n > 0) else { return };
            log.facts.layers[layer].known[0] = Some(true);
            let fails = |k: &&Vec<i64>| !sums(k)[layer][0];
            if inside.iter().any(fails) {
                assert!(log.check(&ground.units, points).is_err());
            }
        }
    }
}

/// Every point of the ball keeps its pattern, in covers that are whole and in those cut short.
#[test]
fn no_pattern_is_lost() {
    let mut rng = Rng::with_seed(91);
    let (mut asked, mut cores, mut conflicts, mut known, mut exact, mut halfway) =
        (0, 0, 0, 0, 0, 0);
    while asked < 3_000 {
        let Some((net, points, class)) = question(&mut rng) else { continue };
        let all = cube(net.inputs, i64::from(net.q));
        let inside: Vec<&Vec<i64>> = all.iter().filter(|k| points.holds(k)).collect();
        let ground = match ground(&net, &points, class) {
            Ok(ground) => ground,
            Err(e) => {
                assert_eq!((e, inside.len()), (LatticeError::Empty, 0));
                continue;
            }
        };
        let nodes = [1, 3, 7, usize::MAX][rng.usize(0..4)];
        let cover: Cover = ground.cover(&Limits { nodes, ..ALL });
        let alone = ground.cover(&Limits { nodes, threads: 1, ..ALL });
        assert_eq!((&alone.nodes, &alone.cores), (&cover.nodes, &cover.cores));
        let facts = Facts::of(&ground, &cover);
        let refined = Refined::new(&ground.units, &cover.cores, &facts);
        assert!(cover.cores.iter().all(|c| ground.geometry.proves(c)));
        let mut best = None;
        for k in &inside {
            let scores = net.evaluate(k).scores;
            let lead = scores[1 - class] - scores[class];
            best = best.max(Some(lead));
            let layers = ground.units.evaluate(k);
            assert_eq!(ground.units.leads[0].value(layers.last().unwrap()), lead);
            for core in &cover.cores {
                assert!(core.literals.iter().any(|(l, _)| !has(&layers[0], *l)), "{k:?}");
            }
            let first = |c: &theriac::bounds::binarised::Cube| {
                layers[0].iter().enumerate().all(|(u, on)| c.state(u).is_none_or(|s| s == *on))
            };
            assert!(cover.cubes.iter().any(|c| first(&c.0) && c.1 >= lead), "{k:?}");
            for (n, (on, facts)) in layers.iter().zip(&facts.layers).enumerate() {
                let stays =
                    |(unit, value): (&bool, &Option<bool>)| value.is_none_or(|v| v == *unit);
                assert!(on.iter().zip(&facts.known).all(stays), "{k:?}");
                let count = |set: &Vec<Literal>| set.iter().filter(|l| has(on, **l)).count();
                assert!(facts.cliques.iter().all(|set| count(set) <= 1));
                let Some(before) = n.checked_sub(1).map(|n| &layers[n]) else { continue };
                let before: Vec<i64> = before.iter().map(|x| i64::from(*x)).collect();
                for (unit, range) in ground.units.layers[n].iter().zip(&facts.ranges) {
                    let (low, high) = range.unwrap();
                    let sum = unit.sum(&before) - unit.threshold;
                    assert!(low <= sum && sum <= high);
                }
            }
            assert!(facts.leads[0].unwrap() >= lead);
            let left = refined.units.evaluate(k);
            assert_eq!(refined.units.leads[0].value(left.last().unwrap()), lead);
            for (on, rows) in left.iter().zip(&refined.rows) {
                let count = |set: &Vec<Literal>| set.iter().filter(|l| has(on, **l)).count();
                assert!(rows.cliques.iter().all(|set| count(set) <= 1), "{k:?}");
                assert!(rows.cores.iter().all(|set| count(set) < set.len()), "{k:?}");
            }
            halfway += usize::from(!net.evaluate(k).ties.is_empty());
        }
        asked += 1;
        let log = Log::new(cover.clone(), facts.clone());
        assert_eq!(log.check(&ground.units, &points), Ok(()));
        forge(&mut rng, log, (&ground, &points), &inside);
        cores += cover.cores.len();
        conflicts += facts.layers.iter().flat_map(|l| &l.cliques).map(Vec::len).sum::<usize>();
        known += facts.layers.iter().flat_map(|l| &l.known).flatten().count();
        exact += usize::from(nodes == usize::MAX && cover.lead() == best);
    }
    assert!(cores > 400 && conflicts > 500 && known > 20, "{cores} {conflicts} {known}");
    assert!(exact > 600 && halfway > 1_500, "{exact} {halfway}");
}

/// Rows of hulls hold at every point of the ball, whatever their sets are; also where a neuron has two units, which
/// share their rows.
#[test]
fn rows_of_hulls_lose_no_point() {
    let mut rng = Rng::with_seed(92);
    let (mut held, mut met, mut shared) = (0, 0, 0);
    while held < 100_000 {
        let Some((net, points, class)) = question(&mut rng) else { continue };
        let Ok(program) = encode(&net, &points, (class, Rivals::Any)) else { continue };
        let mut rows = Vec::new();
        for (layer, units) in program.units.layers.iter().enumerate() {
            for (unit, u) in units.iter().enumerate() {
                let inside = u.terms.iter().map(|_| rng.bool()).collect();
                let hull = HullRow { layer, unit, on: rng.bool(), inside };
                let Some(row) = program.row(&hull) else { continue };
                let own = &program.columns[layer];
                let about = row.terms.iter().filter(|(v, _)| own.contains(v)).count();
                rows.push((row, about == 2));
            }
        }
        let all = cube(net.inputs, i64::from(net.q));
        for k in all.iter().filter(|k| points.holds(k)) {
            let mut x = vec![0.0; program.model.var_count()];
            for (point, k) in program.points.iter().zip(k) {
                if let Whole::Column(v) = point {
                    x[v.index()] = *k as f64;
                }
            }
            for (columns, on) in program.columns.iter().zip(program.units.evaluate(k)) {
                for (v, on) in columns.iter().zip(on) {
                    x[v.index()] = f64::from(u8::from(on));
                }
            }
            for (row, two) in &rows {
                let sum: f64 = row.terms.iter().map(|(v, a)| a * x[v.index()]).sum();
                assert!(sum <= row.rhs, "{k:?}");
                held += 1;
                shared += usize::from(*two);
                met += usize::from(*two && sum == row.rhs);
            }
        }
    }
    assert!(shared > 5_000 && met > 1_000, "{shared} {met}");
}
