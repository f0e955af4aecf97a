namespace SdCompiler.Trainer.Tests.Reference;

/// <summary>Two LSTM layers over the same input, one from the first step to the last, one back, and their outputs side by side; each masks its own input.</summary>
internal sealed class ReferenceBothDirections(string name, int index, int units) : ReferenceLayer
{
    private readonly ReferenceLstm _forward = new(name, index, units);
    private readonly ReferenceLstm _reverse = new(name, index, units, reverse: true);

    public override bool MasksInput => true;

    public override Sequence Forward(Sequence x, ReferencePass pass)
    {
        Sequence joined = x.Like(2 * units);
        ReferenceModel.Add(_forward.Forward(Masked(x, reverse: false, pass), pass), 0, joined, 0, units);
        ReferenceModel.Add(_reverse.Forward(Masked(x, reverse: true, pass), pass), 0, joined, units, units);
        return joined;
    }

    public override Sequence Backward(Sequence dy, ReferencePass pass)
    {
        Sequence dx = Part(dy, 0, _forward, reverse: false, pass);
        ReferenceModel.Add(Part(dy, units, _reverse, reverse: true, pass), 0, dx, 0, dx.Units);
        return dx;
    }

    private Sequence Part(Sequence dy, int at, ReferenceLstm direction, bool reverse, ReferencePass pass)
    {
        Sequence part = dy.Like(units);
        ReferenceModel.Add(dy, at, part, 0, units);
        return Masked(direction.Backward(part, pass), reverse, pass);
    }

    private Sequence Masked(Sequence x, bool reverse, ReferencePass pass) =>
        ReferenceModel.Masked(x, reverse ? name + "/reverse" : name, index, DropoutSites.Input, pass);
}
