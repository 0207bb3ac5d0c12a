//! What a variable or a row stands for. Names and explanations are computed from this.

/// Which indices of a [`Place`] a family or rule uses, in the order in which names show them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Axis {
    /// Layer, 1-based, counted over affine layers.
    Layer,
    /// Node of a network's graph, 0-based; stored as [`Place::layer`].
    Node,
    /// First free index (a row, a unit, a class).
    I,
    /// Second free index (a column, a feature).
    J,
    /// Training or test sample, 0-based row of the data.
    Sample,
    /// Training step: `t` is the state before step `t + 1`.
    Step,
}

/// Indices that locate a variable or a row. Unused ones are zero (`step`: [`Place::NO_STEP`]).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// Affine layer, 1-based, or node of a graph, 0-based.
    pub layer: u16,
    /// Training step, or [`Place::NO_STEP`].
    pub step: u16,
    /// Sample, 0-based.
    pub sample: u32,
    /// First free index.
    pub i: u32,
    /// Second free index.
    pub j: u32,
}

impl Place {
    /// The step of what belongs to no step.
    pub const NO_STEP: u16 = u16::MAX;
    /// A place with every index unused.
    pub const NONE: Place = Place { layer: 0, step: Self::NO_STEP, sample: 0, i: 0, j: 0 };

    /// The same place with the indices that `axes` does not name left unused.
    #[must_use]
    pub fn only(self, axes: &[Axis]) -> Self {
        let mut out = Place::NONE;
        for axis in axes {
            match axis {
                Axis::Layer | Axis::Node => out.layer = self.layer,
                Axis::I => out.i = self.i,
                Axis::J => out.j = self.j,
                Axis::Sample => out.sample = self.sample,
                Axis::Step => out.step = self.step,
            }
        }
        out
    }

    /// The same place in layer `layer` (1-based).
    #[must_use]
    pub fn layer(self, layer: usize) -> Self {
        Place { layer: layer as u16, ..self }
    }
    /// The same place at node `node` of a graph (0-based, at most 65,535).
    #[must_use]
    pub fn node(self, node: usize) -> Self {
        Place { layer: node as u16, ..self }
    }
    /// The same place at training step `step`.
    #[must_use]
    pub fn step(self, step: usize) -> Self {
        Place { step: step as u16, ..self }
    }
    /// The same place for sample `sample`.
    #[must_use]
    pub fn sample(self, sample: usize) -> Self {
        Place { sample: sample as u32, ..self }
    }
    /// The same place with first index `i`.
    #[must_use]
    pub fn i(self, i: usize) -> Self {
        Place { i: i as u32, ..self }
    }
    /// The same place with second index `j`.
    #[must_use]
    pub fn j(self, j: usize) -> Self {
        Place { j: j as u32, ..self }
    }
}

/// A variable's meaning: a family and the indices within it. No two variables of a model share one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Role {
    /// The kind of quantity.
    pub family: Family,
    /// Which one.
    pub place: Place,
}

/// A row's provenance: the rule that made it and what it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Origin {
    /// The rule of the encoding.
    pub rule: Rule,
    /// What it is about.
    pub place: Place,
}

macro_rules! table {
    ($(#[$meta:meta])* $name:ident { $($variant:ident = $code:literal, $symbol:literal, [$($axis:ident),*], $words:literal;)* }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum $name { $(#[doc = $words] $variant = $code,)* }
        impl $name {
            /// Every member, in the order of its stable code.
            pub const ALL: &'static [$name] = &[$($name::$variant,)*];
            /// Short symbol that begins computed names; unique.
            #[must_use]
            pub const fn symbol(self) -> &'static str { match self { $($name::$variant => $symbol,)* } }
            /// The field's term for it.
            #[must_use]
            pub const fn words(self) -> &'static str { match self { $($name::$variant => $words,)* } }
            /// The indices that it uses, in the order in which names show them.
            #[must_use]
            pub const fn axes(self) -> &'static [Axis] { match self { $($name::$variant => &[$(Axis::$axis),*],)* } }
            /// Stable number used in saved models.
            #[must_use]
            pub const fn code(self) -> u8 { self as u8 }
            /// The member with this stable number.
            #[must_use]
            pub fn from_code(code: u8) -> Option<Self> { Self::ALL.iter().copied().find(|m| m.code() == code) }
        }
    };
}

table! {
    /// Kinds of variables.
    Family {
        Named = 0, "n", [I], "variable of a foreign model";
        One = 1, "one", [], "the constant one (a fixed column that carries the objective constant)";
        Touched = 2, "s", [Sample, Step], "sample is touched by the adversary";
        TouchedFeatures = 3, "sx", [Sample, Step], "features of the sample are touched";
        TouchedLabel = 4, "sy", [Sample, Step], "label of the sample is touched";
        Flip = 5, "r", [Sample, Step], "label of the sample is flipped";
        LabelClass = 6, "l", [Sample, I, Step], "sample is given this class";
        LabelShift = 7, "dy", [Sample, I, Step], "change of a real label";
        Deviation = 8, "e", [Sample, I, Step], "change of a feature";
        AbsDeviation = 9, "ae", [Sample, I, Step], "absolute change of a feature";
        FeatureValue = 10, "xt", [Sample, I, Step], "poisoned value of an integer or one-hot feature";
        Kept = 11, "om", [Sample, Step], "sample is kept in training";
        Present = 12, "pr", [Sample, Step], "inserted sample is present";
        Weight = 13, "w", [Layer, I, J, Step], "weight";
        Bias = 14, "b", [Layer, I, Step], "bias";
        WeightVelocity = 15, "vw", [Layer, I, J, Step], "momentum of a weight";
        BiasVelocity = 16, "vb", [Layer, I, Step], "momentum of a bias";
        PreActivation = 17, "a", [Layer, I, Sample, Step], "pre-activation";
        ReluSwitch = 18, "d", [Layer, I, Sample, Step], "ReLU switch";
        Activation = 19, "h", [Layer, I, Sample, Step], "ReLU output";
        LossSwitchKept = 20, "u", [Sample, I, Step], "loss active with the clean label";
        LossSwitchFlipped = 21, "v", [Sample, I, Step], "loss active with the flipped label";
        LossSwitch = 22, "z", [Sample, I, J, Step], "loss active";
        OutputGradient = 23, "q", [Sample, I, Step], "derivative of the loss by an output";
        HiddenGradient = 24, "g", [Layer, I, Sample, Step], "derivative of the loss by a hidden unit";
        GatedGradient = 25, "gd", [Layer, I, Sample, Step], "derivative of the loss by a pre-activation";
        Clipped = 26, "k", [I, Sample, Step], "clipped gradient coordinate";
        ClipSwitch = 27, "kz", [I, J, Sample, Step], "side of a gradient clip";
        Product = 28, "p", [I], "product of two quantities";
        Quantity = 29, "c", [I], "linear combination given a column of its own";
        Error = 30, "err", [Sample], "test point is misclassified";
        Wins = 31, "o", [Sample, I], "class wins at the test point";
        TestLoss = 32, "tl", [Sample, I], "loss at the test point";
        TestDeviation = 33, "et", [Sample, I], "change of a test feature (backdoor)";
        TestPreActivation = 34, "ta", [Layer, I, Sample], "pre-activation at a test point";
        TestReluSwitch = 35, "td", [Layer, I, Sample], "ReLU switch at a test point";
        TestActivation = 36, "th", [Layer, I, Sample], "ReLU output at a test point";
        Worst = 37, "worst", [], "worst outcome over several objectives";
        Slack = 38, "sl", [I], "slack made by a lowering";
        Lowered = 39, "low", [I], "auxiliary made by a lowering";
        Score = 40, "f", [I, Sample, Step], "network output for a training sample";
        BatchSize = 41, "bs", [Step], "number of samples that remain in a batch";
        MeanGradient = 42, "mg", [Layer, I, J, Step], "mean gradient with a renormalised denominator";
        SampleGradient = 43, "sg", [Layer, I, J, Sample, Step], "gradient contribution of one sample";
        AbsSwitch = 44, "az", [Sample, I, Step], "sign of a residual";
        HuberSwitch = 45, "hz", [Sample, I, J, Step], "segment of the Huber loss";
        Fingerprint = 46, "fp", [], "number of the program (its fingerprint), in no row";
        Input = 47, "xin", [I], "element of the network's input";
        NodeValue = 48, "nval", [Node, I], "element of a node's result";
        NodePart = 49, "npart", [Node, I, J], "part of a node's operand (its negative side, a slack, a piece, a group)";
        NodeSwitch = 50, "ncase", [Node, I, J], "case of a node's element (a switch)";
        Branch = 51, "branch", [I], "branch of the property that holds";
        Margin = 52, "margin", [I], "margin of a part of the property";
        FeatureChanged = 53, "ch", [Sample, I, Step], "feature of the sample is changed";
        ConditionSide = 54, "cs", [Sample, I, J, Step], "side of the value that a relation's condition names";
        FeatureLevel = 55, "xl", [Sample, I, J, Step], "integer feature is changed by this much or more (even: up, odd: down)";
        LatticePoint = 56, "lat", [I], "element of the input, in steps of its lattice";
        LatticeMove = 57, "mov", [I, J], "steps of an input element away from the given one (even: up, odd: down)";
        Neuron = 58, "neu", [Layer, I], "neuron of a binarised network";
        Selector = 59, "cls", [I], "class that is to win";
        Selected = 60, "sel", [I, J], "neuron of the last layer, if the class is to win";
        NeuronMore = 61, "neum", [Layer, I], "neuron of a binarised network is more than halfway";
    }
}

table! {
    /// Rules of the encodings. The symbol begins a row's readable name.
    Rule {
        Foreign = 0, "row", [I], "row of a foreign model";
        Budget = 1, "budget", [Step], "at most so many samples are touched";
        Link = 2, "link", [Sample, I, Step], "a change needs a touched sample";
        OneLabel = 3, "onelabel", [Sample, Step], "exactly one class";
        Ball = 4, "ball", [Sample, I, Step], "size of a feature change";
        OneHot = 5, "onehot", [Sample, I, Step], "exactly one category";
        Define = 6, "def", [Layer, I, Sample, Step], "definition of a combination";
        ReluBelow = 7, "relu", [Layer, I, Sample, Step], "ReLU";
        LossSwitch = 8, "loss", [Sample, I, J, Step], "loss switch";
        BinaryProduct = 9, "bprod", [I], "product of a binary and a bounded quantity";
        Bilinear = 10, "bilin", [I], "product of two continuous quantities";
        McCormick = 11, "mcc", [I], "McCormick envelope of a product";
        Update = 12, "upd", [Layer, I, J, Step], "gradient step";
        Velocity = 13, "vel", [Layer, I, J, Step], "momentum update";
        Clip = 14, "clip", [Layer, I, J, Step], "gradient clipping";
        Goal = 15, "goal", [Sample, I], "test goal";
        BudgetLink = 16, "blink", [Layer, I, J, Step], "budgeted linking row (papers 1.5 B)";
        SwitchOff = 17, "off", [Sample, I, Step], "switch-off row (papers 1.5 C)";
        Symmetry = 18, "sym", [Sample, Step], "order among identical samples";
        Lowered = 19, "low", [I], "row made by a lowering";
        Forward = 20, "fwd", [Layer, I, Sample, Step], "forward pass";
        Cut = 21, "cut", [I], "valid inequality";
        Denominator = 22, "den", [Step], "renormalised mean";
        Abs = 23, "abs", [Sample, I, Step], "absolute value";
        NodeDefine = 24, "ndef", [Node, I], "definition of an element of a node's result";
        NodeSplit = 25, "nsplit", [Node, I], "operand of a node as the sum of its parts";
        NodeCase = 26, "ncase", [Node, I], "what holds in one case of a node's element";
        NodeOne = 27, "nsum", [Node, I], "exactly one case of a node's element";
        NodeCut = 28, "ncut", [Node, I], "valid inequality for a node's element";
        InputSet = 29, "set", [I], "what the property requires of the input";
        Property = 30, "prop", [I], "part of the property";
        Changes = 31, "changes", [Sample, I, Step], "at most so many features of a sample are changed";
        Cells = 32, "cells", [Step], "at most so many features of all samples are changed";
        Relation = 33, "rel", [Sample, I, Step], "relation between old and new features";
        Condition = 34, "cond", [Sample, I, Step], "condition of a relation";
        Threshold = 35, "thr", [Layer, I], "sign of a neuron";
        Moves = 36, "moves", [I], "input element as the given one with its steps";
        LatticeBall = 37, "lball", [I], "all steps together";
        OneClass = 38, "oneclass", [], "exactly one class is to win";
        Select = 39, "select", [I, J], "neuron shared out over the classes";
        Hull = 40, "hull", [Layer, I], "convex hull of a neuron";
        Lift = 41, "lift", [Layer, I], "what a neuron says of the sum of another";
    }
}

impl Family {
    /// The role at `place`; indices that the family does not use must be left unused.
    #[must_use]
    pub fn at(self, place: Place) -> Role {
        Role { family: self, place }
    }
}

impl Rule {
    /// The origin at `place`; indices that the rule does not show are left unused, so that an
    /// encoder may pass the place it works at.
    #[must_use]
    pub fn at(self, place: Place) -> Origin {
        Origin { rule: self, place: place.only(self.axes()) }
    }
}
