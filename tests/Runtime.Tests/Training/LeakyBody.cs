using System;

namespace SdCompiler.Runtime.Tests.Training;

/// <summary>The body of a <see cref="LeakyModel"/>: what an emitted body looks like from outside.</summary>
internal sealed class LeakyBody : CpuTrainerBody
{
    private const int T = LeakyModel.T;
    private const int B = LeakyModel.B;

    private readonly LeakyModel _model;
    private readonly TableGradient _table;
    private readonly MatrixGradient _weight;
    private readonly VectorGradient _bias;
    private readonly int _d;
    private readonly int _padded;
    private readonly int _n;

    public LeakyBody(LeakyModel model, double drop)
        : base(
            model.Parameters,
            new Window(T, B, [WindowInput.Tokens(model.Vocabulary)], WindowTarget.Tokens(model.Vocabulary, -1, perStep: true)),
            new MaskSet(model.Parameters.Seed, [Site(model, drop)], T, B),
            [Slot(model.Width)],
            Floats(model))
    {
        _model = model;
        _d = model.Width;
        _padded = Padded(_d);
        _n = model.Weight.PaddedColumns;
        _table = new TableGradient(model.Table, T * B);
        _weight = new MatrixGradient(model.Weight);
        _bias = new VectorGradient(model.Bias);
        Gradients = [_table, _weight, _bias];
    }

    /// <summary>When set, the next backward pass meets a gradient that is not finite although the loss is.</summary>
    public bool PoisonGradient { get; set; }

    private int H => T * B * _d;

    private int C => H + ((T + 1) * B * _d);

    private int Y => C + ((T + 1) * B * _padded);

    private int DH => Y + (T * B * _n);

    private int Packed => DH + (T * B * _d);

    public override void Forward(Lane lane, Window w)
    {
        EmbeddingLookup.Gather(lane, w, 0, _model.Table, Ws, 0, B, -1, 0);
        lane.Barrier();
        if (lane.Index == 0)
        {
            for (int t = 0; t < w.Steps; t++)
            {
                Integrate(w, t);
            }
        }

        lane.Barrier();
        PackedInput.Window(lane, w, Ws, H + (B * _d), Packed, _d, B, 0, 0, w.Steps);
        lane.Barrier();
        MaskedProduct.ForwardWindow(lane, w, _model.Weight, _model.Bias, Ws, Packed, Y, B, 0, 0, w.Steps);
        lane.Barrier();
        SoftmaxLoss.Rows(lane, w, Ws, Y, _model.Vocabulary, _n, B, 0, w.Steps);
    }

    public override void Backward(Lane lane, Window w)
    {
        if (lane.Index == 0 && PoisonGradient)
        {
            Ws.Span(Y, 1)[0] = float.NaN;
        }

        lane.Barrier();
        MaskedProduct.BackwardWindow(lane, w, _model.Weight, Ws, Y, DH, B, 0, false, 0, w.Steps);
        MaskedProduct.GradientWindow(lane, w, _weight, _bias, Ws, Packed, Y, B, 0, 0, w.Steps, true, true);
        lane.Barrier();
        if (lane.Index == 0)
        {
            for (int t = w.Steps - 2; t >= 0; t--)
            {
                Span<float> dh = Ws.Span(DH + (t * B * _d), B * _d);
                Span<float> later = Ws.Span(DH + ((t + 1) * B * _d), B * _d);
                for (int k = 0; k < _d; k++)
                {
                    for (int b = 0; b < w.RowsAt(t + 1); b++)
                    {
                        dh[(k * B) + b] += 0.5f * later[(k * B) + b];
                    }
                }
            }
        }

        lane.Barrier();
        EmbeddingLookup.Scatter(lane, w, 0, _table, Ws, DH, B, -1, 0);
    }

    private void Integrate(Window w, int t)
    {
        ReadOnlySpan<float> x = Ws.Span(t * B * _d, B * _d);
        ReadOnlySpan<float> h = Ws.Span(H + (t * B * _d), B * _d);
        Span<float> next = Ws.Span(H + ((t + 1) * B * _d), B * _d);
        ReadOnlySpan<float> c = Ws.Span(C + (t * B * _padded), B * _padded);
        Span<float> cNext = Ws.Span(C + ((t + 1) * B * _padded), B * _padded);
        for (int k = 0; k < _d; k++)
        {
            for (int b = 0; b < w.RowsAt(t); b++)
            {
                next[(k * B) + b] = (0.5f * h[(k * B) + b]) + x[(k * B) + b];
                cNext[(b * _padded) + k] = c[(b * _padded) + k] + x[(k * B) + b];
            }
        }
    }

    private static int Padded(int units) => (units + 7) / 8 * 8;

    private static MaskSite Site(LeakyModel model, double drop)
    {
        int kept = Math.Max(1, (int)Math.Round((1 - drop) * model.Width));
        return drop == 0
            ? MaskSite.None("Out", DropoutSites.Input, model.Width)
            : new MaskSite("Out", 0, 0, DropoutSites.Input, model.Width, DropoutPattern.Structured, MaskSampling.FixedCount, kept, drop);
    }

    private static StateSlot Slot(int d)
    {
        int h = T * B * d;
        return new StateSlot("Memory.0", d, h, h + ((T + 1) * B * d), B * d, B * Padded(d));
    }

    private static long Floats(LeakyModel model)
    {
        long d = model.Width;
        return (T * B * d) + ((T + 1) * B * d) + ((T + 1) * B * Padded(model.Width)) + (T * B * model.Weight.PaddedColumns) + (2 * T * B * d);
    }
}
