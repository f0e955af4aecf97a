namespace SdCompiler.Runtime.Cuda;

/// <summary>Draws the masks of a step and packs them into its block of inputs; those of the next step ahead, while this one runs.</summary>
internal sealed class MasksAhead(MaskSet masks, StepInput input)
{
    private static readonly (long Seed, long Step, int Steps, int Rows) nothing = (0, -1, 0, 0);

    private readonly Lane _lane = new(KernelSet.Best);
    private readonly MaskSet _ahead = masks.Twin();
    private (long Seed, long Step, int Steps, int Rows) _drawn = nothing;

    /// <summary>The masks of a step, in the set and in its block: drawn already, unless the step turned out to be another one.</summary>
    public void Draw(PinnedBuffer block, Window window)
    {
        // What was drawn ahead serves once: a step that fails after this leaves masks of its own in the block.
        bool isThere = _drawn == (masks.Seed, window.Step, window.Steps, window.Rows);
        _drawn = nothing;
        if (isThere)
        {
            masks.Exchange(_ahead);
            return;
        }

        masks.Draw(_lane, window.Step, window.Steps, window.Rows);
        input.WriteMasks(block, masks, window.Steps, window.Rows);
    }

    /// <summary>Draws for the step after this one, should it have the same shape.</summary>
    public void DrawNext(PinnedBuffer block, Window window)
    {
        _ahead.Seed = masks.Seed;
        _ahead.Draw(_lane, window.Step + 1, window.Steps, window.Rows);
        input.WriteMasks(block, _ahead, window.Steps, window.Rows);
        _drawn = (_ahead.Seed, window.Step + 1, window.Steps, window.Rows);
    }
}
