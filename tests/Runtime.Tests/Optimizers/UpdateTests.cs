using System;
using System.Collections.Generic;
using System.Linq;
using SdCompiler.Runtime.Tests.Training;
using Xunit;

namespace SdCompiler.Runtime.Tests.Optimizers;

public sealed class UpdateTests
{
    [Theory]
    [InlineData("sgd")]
    [InlineData("momentum")]
    [InlineData("nesterov")]
    [InlineData("decay")]
    [InlineData("adam")]
    [InlineData("adamw")]
    public void SixStepsAreTheScalarReferenceAlsoForTableRowsWithoutGradient(string name)
    {
        var model = new LeakyModel(vocabulary: 40, width: 19);
        Optimizer optimizer = StepTests.Make(name);
        using LeakyTrainer trainer = model.CreateTrainer(optimizer);
        double[] w = Array.ConvertAll(model.AllWeights(), value => (double)value);
        var m = new double[w.Length];
        var v = new double[w.Length];
        for (int step = 1; step <= 6; step++)
        {
            (int[] inputs, int[] targets) = model.Data(4, 3, step);
            trainer.Step(inputs, targets);
            float[] gradient = model.Parameters.All.SelectMany(parameter => trainer.Gradient(parameter.Name)).ToArray();
            double scale = optimizer.ClipNorm > 0 ? Math.Min(1, optimizer.ClipNorm / trainer.GradientNorm) : 1;
            for (int i = 0; i < w.Length; i++)
            {
                w[i] = Reference(optimizer, w[i], gradient[i] * scale, ref m[i], ref v[i], step);
            }

            Near.All(w, model.AllWeights(), 1e-5, $"step {step}");
        }

        Assert.Equal(Rows(model.Weight), model.Weight.HasRows ? RowsCopy(model.Weight) : []);
    }

    [Fact]
    public void GroupsHaveTheirOwnRateAndDecay()
    {
        var model = new LeakyModel();
        float[] before = model.AllWeights();
        var optimizer = new Sgd
        {
            LearningRate = 0.1,
            WeightDecay = 0.5,
            Groups = [ParameterGroup.Layer("Words", rateMultiplier: 0), ParameterGroup.Biases(rateMultiplier: 2)],
        };
        using LeakyTrainer trainer = model.CreateTrainer(optimizer);
        (int[] inputs, int[] targets) = model.Data(4, 3, 1);
        trainer.Step(inputs, targets);
        float[] after = model.AllWeights();
        int table = (int)model.Table.Count;
        int weight = table + (int)model.Weight.Count;
        Assert.Equal(before[..table], after[..table]);
        float[] bias = trainer.Gradient("Out.bias");
        Near.All(bias.Select((g, i) => before[weight + i] - (0.2 * g)).ToArray(), after.AsSpan(weight), 1e-6, "bias");
        float[] matrix = trainer.Gradient("Out.weight");
        Near.All(matrix.Select((g, i) => before[table + i] - (0.1 * (g + (0.5 * before[table + i])))).ToArray(), after.AsSpan(table, weight - table), 1e-6, "weight");
    }

    [Fact]
    public void AGroupThatTakesNothingIsAMistake()
    {
        var model = new LeakyModel();
        ArgumentException e = Assert.Throws<ArgumentException>(() => model.CreateTrainer(new Sgd { Groups = [ParameterGroup.Layer("Wrods")] }));
        Assert.Contains("layer 'Wrods'", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void SettingsOutOfRangeAreSentences()
    {
        var model = new LeakyModel();
        Assert.Contains("Momentum is 1", Assert.Throws<InvalidOperationException>(() => model.CreateTrainer(new Sgd { Momentum = 1 })).Message, StringComparison.Ordinal);
        Assert.Contains("Nesterov", Assert.Throws<InvalidOperationException>(() => model.CreateTrainer(new Sgd { Nesterov = true })).Message, StringComparison.Ordinal);
        Assert.Contains("Beta2 is 1.5", Assert.Throws<InvalidOperationException>(() => model.CreateTrainer(new Adam { Beta2 = 1.5 })).Message, StringComparison.Ordinal);
        Assert.Contains("ClipNorm is -1", Assert.Throws<InvalidOperationException>(() => model.CreateTrainer(new Sgd { ClipNorm = -1 })).Message, StringComparison.Ordinal);
        Assert.Contains("LearningRate is 1E+39", Assert.Throws<InvalidOperationException>(() => model.CreateTrainer(new Sgd { LearningRate = 1e39 })).Message, StringComparison.Ordinal);
        Assert.Contains("Epsilon is 1E-50", Assert.Throws<InvalidOperationException>(() => model.CreateTrainer(new Adam { Epsilon = 1e-50 })).Message, StringComparison.Ordinal);
        Assert.Contains("RateMultiplier is NaN", Assert.Throws<InvalidOperationException>(() => model.CreateTrainer(new Sgd { Groups = [ParameterGroup.Biases(double.NaN)] })).Message, StringComparison.Ordinal);
        Assert.Contains("WeightDecay is -1", Assert.Throws<InvalidOperationException>(() => model.CreateTrainer(new Sgd { Groups = [ParameterGroup.Biases(weightDecay: -1)] })).Message, StringComparison.Ordinal);
    }

    public static IEnumerable<object[]> KernelNames() => KernelSet.Available.Select(set => new object[] { set.Name });

    [Theory]
    [MemberData(nameof(KernelNames))]
    public unsafe void EveryKernelSetGivesTheReferencesBitsAtEveryLength(string name)
    {
        KernelSet kernels = KernelSet.ByName(name);
        for (int n = 0; n <= 257; n++)
        {
            for (int form = 0; form < 9; form++)
            {
                int seed = n + (1000 * form);
                float[] expected = Run(KernelSet.Reference, n, form, seed);
                Assert.Equal(expected, Run(kernels, n, form, seed));
            }
        }
    }

    private static unsafe float[] Run(KernelSet kernels, int n, int form, int seed)
    {
        const int Guard = 3;
        const int Rows = 2;
        var random = new Random(seed);
        var all = new float[5][];
        for (int i = 0; i < all.Length; i++)
        {
            all[i] = new float[(Rows * (n + 5)) + Guard];
            for (int j = 0; j < all[i].Length; j++)
            {
                // The second moment is never negative.
                float value = (random.NextSingle() * 2) - 1;
                all[i][j] = i == 3 ? Math.Abs(value) : value;
            }
        }

        fixed (float* w = all[0], g = all[1], m = all[2], v = all[3], copy = all[4])
        {
            float* to = form % 2 == 0 ? copy : null;
            switch (form)
            {
                case 0 or 1:
                    kernels.SgdUpdate(w, g, null, Rows, n, to, n + 5, new SgdRule(0.7f, 0.01f, 0, false, 0.3f));
                    break;
                case 2 or 3:
                    kernels.SgdUpdate(w, form == 2 ? g : null, m, Rows, n, to, n + 5, new SgdRule(0.7f, 0.01f, 0.9f, form == 2, 0.3f));
                    break;
                case 6 or 7 or 8:
                    kernels.AsgdUpdate(w, form == 7 ? null : g, m, Rows, n, to, n + 5, new AsgdRule(0.7f, 0.01f, 0.3f, form == 8 ? n % 2 : 0.2f));
                    break;
                default:
                    kernels.AdamUpdate(w, form == 4 ? g : null, m, v, Rows, n, to, n + 5, new AdamRule(0.7f, 0.01f, 0.99f, 0.9f, 0.999f, 0.01f, 3f, 1e-8f));
                    break;
            }
        }

        return all.SelectMany(values => values).ToArray();
    }

    private static double Reference(Optimizer optimizer, double w, double g, ref double m, ref double v, int t)
    {
        switch (optimizer)
        {
            case Sgd sgd:
                g += sgd.WeightDecay * w;
                m = (sgd.Momentum * m) + g;
                return w - (sgd.LearningRate * (sgd.Nesterov ? g + (sgd.Momentum * m) : m));
            case Adam adam:
                if (adam.Decoupled)
                {
                    w *= 1 - (adam.LearningRate * adam.WeightDecay);
                }
                else
                {
                    g += adam.WeightDecay * w;
                }

                m = (adam.Beta1 * m) + ((1 - adam.Beta1) * g);
                v = (adam.Beta2 * v) + ((1 - adam.Beta2) * g * g);
                double first = m / (1 - Math.Pow(adam.Beta1, t));
                double second = v / (1 - Math.Pow(adam.Beta2, t));
                return w - (adam.LearningRate * first / (Math.Sqrt(second) + adam.Epsilon));
            default:
                throw new ArgumentException(optimizer.Kind);
        }
    }

    private static float[] Rows(MatrixParameter matrix)
    {
        var torch = new float[matrix.Count];
        matrix.WriteTo(torch);
        var rows = new float[matrix.Rows * matrix.PaddedColumns];
        for (int column = 0; column < matrix.Columns; column++)
        {
            for (int row = 0; row < matrix.Rows; row++)
            {
                rows[(row * matrix.PaddedColumns) + column] = torch[(column * matrix.Rows) + row];
            }
        }

        return rows;
    }

    private static unsafe float[] RowsCopy(MatrixParameter matrix) => new ReadOnlySpan<float>(matrix.RowsPointer(), matrix.Rows * matrix.PaddedColumns).ToArray();
}
