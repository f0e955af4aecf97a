using System;

namespace SdCompiler.Runtime.Tests.Training;

/// <summary>One step of a <see cref="LeakyModel"/>: [x] [h, 2 slots] [c, 2 slots] [y].</summary>
internal sealed class LeakyPredictorBody : PredictorBody
{
    private readonly LeakyModel _model;
    private readonly int _b;
    private readonly int _d;

    public LeakyPredictorBody(LeakyModel model, int rows)
        : base(
            model.Parameters,
            new Window(1, rows, [WindowInput.Tokens(model.Vocabulary)], WindowTarget.None),
            [new StateSlot("Memory.0", model.Width, rows * model.Width, 3 * rows * model.Width, rows * model.Width, rows * Padded(model))],
            Y(model, rows) + (rows * model.Weight.PaddedColumns),
            Y(model, rows),
            model.Vocabulary,
            model.Weight.PaddedColumns)
    {
        _model = model;
        _b = rows;
        _d = model.Width;
    }

    public override void ForwardStep(Lane lane, Window w)
    {
        EmbeddingLookup.Gather(lane, w, 0, _model.Table, Ws, 0, _b, -1, 0);
        int size = _b * _d;
        Span<float> x = Ws.Span(0, size);
        Span<float> h = Ws.Span(size, 2 * size);
        int padded = Padded(_model);
        Span<float> c = Ws.Span(3 * size, 2 * _b * padded);
        for (int k = 0; k < _d; k++)
        {
            for (int b = 0; b < w.Rows; b++)
            {
                h[size + (k * _b) + b] = (0.5f * h[(k * _b) + b]) + x[(k * _b) + b];
                c[((_b + b) * padded) + k] = c[(b * padded) + k] + x[(k * _b) + b];
            }
        }

        int y = Y(_model, _b);
        MaskedProduct.ForwardWindow(lane, w, _model.Weight, _model.Bias, Ws, 2 * size, y, _b, -1, 0, 1);
        SoftmaxLoss.Rows(lane, w, Ws, y, _model.Vocabulary, _model.Weight.PaddedColumns, _b, 0, 1);
    }

    private static int Padded(LeakyModel model) => (model.Width + 7) / 8 * 8;

    private static int Y(LeakyModel model, int rows) => (3 * rows * model.Width) + (2 * rows * Padded(model));
}
