using System;

namespace SdCompiler.Runtime.Tests.Training;

/// <summary>Whole sentences through an <see cref="EmissionModel"/>, and the best path of tags from what stays in the workspace.</summary>
internal sealed class EmissionBody : SentenceBody
{
    private readonly EmissionModel _model;
    private readonly int _b;
    private int _x;

    public EmissionBody(EmissionModel model, int rows)
        : base(model.Parameters, [WindowInput.Series(EmissionModel.Width)], rows, 2, EmissionModel.Tags, model.Weight.PaddedColumns)
    {
        _model = model;
        _b = rows;
    }

    public override void Forward(Lane lane, Window w)
    {
        SeriesInput.Load(lane, w, 0, Ws, _x, EmissionModel.Width, _b);
        lane.Barrier();
        MaskedProduct.ForwardWindow(lane, w, _model.Weight, _model.Bias, Ws, _x, Output, _b, -1, 0, w.Steps);
    }

    public override void Decode(Lane lane, Window w, Span<int> tags) =>
        CrfLoss.Decode(lane, w, Ws, Output, _b, _model.Transitions, _model.Start, _model.End, null, tags);

    protected override void PlaceBuffers(int steps)
    {
        _x = Place(steps, EmissionModel.Width);
        Output = Place(steps, _model.Weight.PaddedColumns);
    }
}
