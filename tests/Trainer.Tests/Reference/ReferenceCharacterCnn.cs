using System.Collections.Generic;
using System.Linq;

namespace SdCompiler.Trainer.Tests.Reference;

/// <summary>
/// As PyTorch computes it for each word alone: vectors of the characters, masked; zeros on both sides; a convolution at each character; the first largest value.
/// </summary>
internal sealed class ReferenceCharacterCnn(CharacterCnnSpec spec) : ReferenceLayer
{
    private readonly Dictionary<(int T, int Row, int Filter), int> _places = [];

    private string Prefix => spec.Name + ".";

    public override Sequence Forward(Sequence x, ReferencePass pass)
    {
        Sequence y = x.Like(spec.Filters);
        for (int t = 0; t < y.Steps; t++)
        {
            for (int row = 0; row < y.Rows; row++)
            {
                for (int filter = 0; pass.Window.Has(t, row) && filter < spec.Filters; filter++)
                {
                    double[] values = Enumerable.Range(0, Word(pass, t, row).Length).Select(place => Convolve(pass, t, row, filter, place)).ToArray();
                    int best = values.ToList().IndexOf(values.Max());
                    _places[(t, row, filter)] = best;
                    y[t, row, filter] = values[best];
                }
            }
        }

        return y;
    }

    public override Sequence Backward(Sequence dy, ReferencePass pass)
    {
        (double[] dTable, double[] dWeight, double[] dBias) = (pass.Gradients[Prefix + "embedding.weight"], pass.Gradients[Prefix + "conv.weight"], pass.Gradients[Prefix + "conv.bias"]);
        (double[] table, double[] weight) = (pass.Parameters[Prefix + "embedding.weight"], pass.Parameters[Prefix + "conv.weight"]);
        foreach (((int t, int row, int filter), int place) in _places)
        {
            double d = dy[t, row, filter];
            dBias[filter] += d;
            int[] word = Word(pass, t, row);
            foreach ((int tap, int at) in Taps(place, word.Length))
            {
                for (int unit = 0; unit < spec.CharacterWidth; unit++)
                {
                    double mask = pass.Masks.Unit(spec.Name, 0, DropoutSites.Input, t, unit, row);
                    (int w, int v) = ((((filter * spec.CharacterWidth) + unit) * spec.Window) + tap, (word[at] * spec.CharacterWidth) + unit);
                    dWeight[w] += d * mask * table[v];
                    dTable[v] += d * mask * weight[w];
                }
            }
        }

        return dy.Like(0);
    }

    private double Convolve(ReferencePass pass, int t, int row, int filter, int place)
    {
        double[] table = pass.Parameters[Prefix + "embedding.weight"];
        double[] weight = pass.Parameters[Prefix + "conv.weight"];
        int[] word = Word(pass, t, row);
        double sum = pass.Parameters[Prefix + "conv.bias"][filter];
        foreach ((int tap, int at) in Taps(place, word.Length))
        {
            for (int unit = 0; unit < spec.CharacterWidth; unit++)
            {
                double input = pass.Masks.Unit(spec.Name, 0, DropoutSites.Input, t, unit, row) * table[(word[at] * spec.CharacterWidth) + unit];
                sum += input * weight[(((filter * spec.CharacterWidth) + unit) * spec.Window) + tap];
            }
        }

        return sum;
    }

    private IEnumerable<(int Tap, int At)> Taps(int place, int length) =>
        Enumerable.Range(0, spec.Window).Select(tap => (tap, place + tap - ((spec.Window - 1) / 2))).Where(pair => pair.Item2 >= 0 && pair.Item2 < length);

    private int[] Word(ReferencePass pass, int t, int row) =>
        pass.Window.Characters[spec.Name].Skip(((t * pass.Window.Rows) + row) * spec.MaximumLength).Take(spec.MaximumLength).TakeWhile(character => character >= 0).ToArray();
}
