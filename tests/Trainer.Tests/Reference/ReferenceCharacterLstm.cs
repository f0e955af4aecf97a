using System.Collections.Generic;
using System.Linq;

namespace SdCompiler.Trainer.Tests.Reference;

/// <summary>
/// As PyTorch computes it for each word alone: vectors of the characters, masked, through an LSTM in each direction, each of which starts from zero; the state of each where it ends.
/// </summary>
internal sealed class ReferenceCharacterLstm(CharacterLstmSpec spec) : ReferenceLayer
{
    private readonly Dictionary<(int T, int Row), (ReferencePass Pass, ReferenceLstm Forward, ReferenceLstm Reverse, int[] Word)> _words = [];

    private string Table => spec.Name + ".embedding.weight";

    public override bool MasksInput => true;

    public override Sequence Forward(Sequence x, ReferencePass pass)
    {
        Sequence y = x.Like(spec.Outputs);
        for (int t = 0; t < y.Steps; t++)
        {
            for (int row = 0; row < y.Rows; row++)
            {
                if (pass.Window.Has(t, row))
                {
                    Forward(t, row, y, pass);
                }
            }
        }

        return y;
    }

    public override Sequence Backward(Sequence dy, ReferencePass pass)
    {
        foreach (((int t, int row), (ReferencePass own, ReferenceLstm forward, ReferenceLstm reverse, int[] word)) in _words)
        {
            Sequence last = new(word.Length, 1, spec.Units), first = new(word.Length, 1, spec.Units);
            for (int unit = 0; unit < spec.Units; unit++)
            {
                last[word.Length - 1, 0, unit] = dy[t, row, unit];
                first[0, 0, unit] = dy[t, row, spec.Units + unit];
            }

            Sequence dx = forward.Backward(last, own), more = reverse.Backward(first, own);
            for (int place = 0; place < word.Length; place++)
            {
                for (int unit = 0; unit < spec.CharacterWidth; unit++)
                {
                    pass.Gradients[Table][(word[place] * spec.CharacterWidth) + unit] += Mask(pass, t, row, place, unit) * (dx[place, 0, unit] + more[place, 0, unit]);
                }
            }
        }

        return dy.Like(0);
    }

    private void Forward(int t, int row, Sequence y, ReferencePass pass)
    {
        int[] word = pass.Window.Characters[spec.Name].Skip(((t * pass.Window.Rows) + row) * spec.MaximumLength).Take(spec.MaximumLength).TakeWhile(character => character >= 0).ToArray();
        Sequence x = new(word.Length, 1, spec.CharacterWidth);
        for (int place = 0; place < word.Length; place++)
        {
            for (int unit = 0; unit < spec.CharacterWidth; unit++)
            {
                x[place, 0, unit] = Mask(pass, t, row, place, unit) * pass.Parameters[Table][(word[place] * spec.CharacterWidth) + unit];
            }
        }

        ReferencePass own = new()
        {
            Window = new ReferenceWindow(word.Length, 1),
            Masks = NoDropout.Instance,
            Parameters = pass.Parameters,
            Gradients = pass.Gradients,
            State = new Dictionary<string, double[][]>(),
        };
        ReferenceLstm forward = new(spec.Name, 0, spec.Units), reverse = new(spec.Name, 0, spec.Units, reverse: true);
        Sequence last = forward.Forward(x, own), first = reverse.Forward(x, own);
        for (int unit = 0; unit < spec.Units; unit++)
        {
            y[t, row, unit] = last[word.Length - 1, 0, unit];
            y[t, row, spec.Units + unit] = first[0, 0, unit];
        }

        _words[(t, row)] = (own, forward, reverse, word);
    }

    /// <summary>The site's time is the place in the word, its samples are the words of the window.</summary>
    private double Mask(ReferencePass pass, int t, int row, int place, int unit) =>
        pass.Masks.Unit(spec.Name, 0, DropoutSites.Input, place, unit, (t * pass.Window.Rows) + row);
}
