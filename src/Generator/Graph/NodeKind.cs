namespace SdCompiler.Generator.Graph;

/// <summary>What a node computes. Reads and writes are named in the order in which a node lists them.</summary>
internal enum NodeKind
{
    /// <summary>x = table[token]. Writes x. Parameters: table, or the tied matrix.</summary>
    Embedding,

    /// <summary>x = the input series. Writes x.</summary>
    Series,

    /// <summary>x = sources side by side. Reads the sources, writes x.</summary>
    Concat,

    /// <summary>x = table[character], masked where each row has a mask of its own. Writes x. Parameters: table.</summary>
    Characters,

    /// <summary>y = bias + the largest sum of a word. Reads q, writes y and the places. Parameters: bias, filters.</summary>
    CharacterPool,

    /// <summary>dq = dy at the places. Reads dy and the places, writes dq in place of q. Parameters: bias, filters.</summary>
    CharacterPoolGradient,

    /// <summary>dbias = sum of dy. Reads dy. Parameters: bias.</summary>
    CharacterBiasGradient,

    /// <summary>dTable[character] += dx. Reads dx. Parameters: table.</summary>
    CharacterGradient,

    /// <summary>y = where the two chains over the characters of a word end. Reads h of the forward and of the reverse chain, writes y.</summary>
    WordEnds,

    /// <summary>dh of each chain where it ends = its part of dy, else 0. Reads dy, writes dh of the forward and of the reverse chain.</summary>
    WordEndsGradient,

    /// <summary>to = from * mask * scale, element by element. Reads from, writes to.</summary>
    MaskedCopy,

    /// <summary>xk[t] = scale * x[t][kept(t)], the kept units side by side. Reads x, writes xk.</summary>
    PackedInput,

    /// <summary>y = x . W + b for every step. Reads x, writes y. Parameters: W, b.</summary>
    Product,

    /// <summary>h and c behind each row's last step = 0: where a chain from the last step to the first starts. Writes h, c.</summary>
    ReverseStart,

    /// <summary>hm[t] = h[t-1] * mask[t] * scale. Reads h, writes hm.</summary>
    MaskedState,

    /// <summary>hk[t] = scale * h[t-1][kept(t)], the kept units side by side. Reads h, writes hk.</summary>
    PackedState,

    /// <summary>Wd = Wh * mask * scale, weight by weight, once per window. Parameters: Wh.</summary>
    MaskedWeights,

    /// <summary>a[t] += h[t-1] . Wh. Reads h (or hm, or hk) and a, writes a. Parameters: Wh.</summary>
    RecurrentProduct,

    /// <summary>i, f, o = sigmoid, g = tanh. Reads and writes a.</summary>
    Gates,

    /// <summary>c[t] = f * c[t-1] + i * g. Reads gates and c, writes c.</summary>
    CellState,

    /// <summary>h[t] = o * tanh(c[t]). Reads gates and c, writes h.</summary>
    HiddenState,

    /// <summary>The four (or five) nodes above of one layer, fused. Reads and writes gates, h, c and, with a masked or packed state, hm or hk. Parameters: Wh.</summary>
    RecurrentCell,

    /// <summary>x = f(y), laid out unit by unit. Reads y, writes y and x.</summary>
    Activation,

    /// <summary>c = tanh(y), a row for each expert. Reads y, writes y and c.</summary>
    Contexts,

    /// <summary>dy = dc * (1 - y^2). Reads dc and y, writes y in place.</summary>
    ContextsGradient,

    /// <summary>The loss of every step and row of a mixture of softmaxes. Reads the experts' logits and their scores, writes both.</summary>
    MixtureLoss,

    /// <summary>The state of each row at its own last step, and of a reverse direction at the first. Reads h, writes s.</summary>
    LastState,

    /// <summary>The loss of every step and row. Reads y, writes y.</summary>
    SoftmaxLoss,

    /// <summary>The loss of every step and row. Reads y, writes y.</summary>
    RegressionLoss,

    /// <summary>
    /// The loss of each whole row, or its best path. Reads y, writes y and, for <see cref="CrfGradient"/>, each row's part. Parameters: transitions, start, end.
    /// </summary>
    CrfLoss,

    /// <summary>dy = dLoss/dy. Reads y, writes y in place.</summary>
    LossGradient,

    /// <summary>Gradients of the scores of a CRF. Reads the rows' parts. Parameters: transitions, start, end.</summary>
    CrfGradient,

    /// <summary>dx (+)= dy . W^T. Reads dy, writes dx. Parameters: W.</summary>
    DataGradient,

    /// <summary>dW += x^T . dy, db += sum of dy. Reads x and dy. Parameters: W and, unless another node does it, b.</summary>
    WeightGradient,

    /// <summary>dWh = dWd * mask * scale, after the weight gradient. Parameters: Wh.</summary>
    MaskedWeightsGradient,

    /// <summary>dx (+)= dm * mask * scale. Reads dm, writes dx.</summary>
    MaskedCopyGradient,

    /// <summary>dh += the gradient of the penalties on an LSTM's output. Reads h, writes dh.</summary>
    PenaltyGradient,

    /// <summary>do and dc += dh * o * (1 - tanh(c)^2), dh = dh from above + dh from the next step. Reads dh, dhr, gates, c, writes gates, dc.</summary>
    HiddenGradient,

    /// <summary>di, df, dg, dc[t-1] = dc * f; da by the gates' derivatives. Reads gates, c, dc, writes gates, dc.</summary>
    GateGradient,

    /// <summary>dhr = da[t] . Wh^T, for the step before. Reads gates (now da), writes dhr. Parameters: Wh.</summary>
    RecurrentDataGradient,

    /// <summary>dhr *= mask[t] * scale. Reads and writes dhr.</summary>
    MaskedStateGradient,

    /// <summary>The three (or four) nodes above of one layer, fused. Reads gates, c, dh; writes gates (now da), dhr, dc. Parameters: Wh.</summary>
    RecurrentCellGradient,

    /// <summary>dy = dx * f'(y). Reads dx and y, writes dy.</summary>
    ActivationGradient,

    /// <summary>Parts of dx go to the sources. Reads dx, writes one part for each source that needs a gradient.</summary>
    ConcatGradient,

    /// <summary>dh of each row's last step (+)= ds. Reads ds, writes dh.</summary>
    LastStateGradient,

    /// <summary>h and c before the first step = those of the encoder after each row's last step. Reads h and c of the encoder, writes h and c.</summary>
    StateBridge,

    /// <summary>m[j] = s[j], row by row. Reads the encoder's states, writes m.</summary>
    AttentionMemory,

    /// <summary>alpha = softmax of the scores of q and the keys, context = sum of alpha[j] m[j]. Reads q, keys, m, writes alpha, context. Parameters: v, where the score has it.</summary>
    Attention,

    /// <summary>The encoder's dh at each row's last step (+)= dh, and its dc begins with dc. Reads dh and dc before the first step; writes the encoder's dh, its dh for the step before (0), and its dc.</summary>
    StateBridgeGradient,

    /// <summary>ds (+)= dm. Reads dm, writes ds.</summary>
    AttentionMemoryGradient,

    /// <summary>From dcontext to the others. Reads dcontext, q, keys, m, alpha; writes dq, dkeys, dm and, where the score has v, dv of each row.</summary>
    AttentionGradient,

    /// <summary>dv = sum over rows of dv. Reads dv of each row. Parameters: v.</summary>
    AttentionVectorGradient,

    /// <summary>dTable[token] += dx. Reads dx. Parameters: table, or the tied matrix.</summary>
    EmbeddingGradient,
}
