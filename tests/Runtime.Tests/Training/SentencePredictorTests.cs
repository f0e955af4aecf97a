using System;
using System.Linq;
using Xunit;

namespace SdCompiler.Runtime.Tests.Training;

/// <summary>Predictors of whole sentences: buffers that grow, rows in the caller's order, tags from what stays in the workspace, mistakes that change nothing.</summary>
public sealed class SentencePredictorTests
{
    private readonly EmissionModel _model = new();

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(5, 3)]
    public void OutputsAreThoseOfEachSentence(int together, int threads)
    {
        EmissionPredictor predictor = new(_model, together) { Threads = threads };
        Assert.Equal(EmissionModel.Tags, predictor.OutputWidth);
        Assert.True(predictor.HasOutputPerStep);
        foreach (int[] lengths in (int[][])[[3, 1, 3, 2], [40, 1, 17, 16, 40], [1], [100, 5]])
        {
            EmissionBatch batch = EmissionModel.Data(lengths.Length, lengths);
            int steps = lengths.Max();
            float[] outputs = Filled(steps * lengths.Length * EmissionModel.Tags);
            predictor.Predict(batch, outputs);
            for (int i = 0; i < outputs.Length; i++)
            {
                (int t, int row, int tag) = (i / (lengths.Length * EmissionModel.Tags), i / EmissionModel.Tags % lengths.Length, i % EmissionModel.Tags);
                Assert.Equal(t < lengths[row] ? Emission(batch, t, row, tag) : 0, outputs[i], 1e-5);
            }
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(5, 3)]
    public void TagsAreTheBestPathOfTheOutputs(int together, int threads)
    {
        EmissionPredictor predictor = new(_model, together) { Threads = threads };
        foreach (int[] lengths in (int[][])[[3, 1, 3, 2], [40, 1, 17, 16, 40], [1]])
        {
            EmissionBatch batch = EmissionModel.Data(lengths.Length, lengths);
            int steps = lengths.Max();
            float[] outputs = new float[steps * lengths.Length * EmissionModel.Tags];
            predictor.Predict(batch, outputs);
            int[] tags = new int[steps * lengths.Length];
            predictor.Tag(batch, tags);
            for (int row = 0; row < lengths.Length; row++)
            {
                int[] best = new int[lengths[row]];
                CrfLoss.DecodeRow(new Lane(KernelSet.Best), outputs.AsSpan(row * EmissionModel.Tags), lengths.Length * EmissionModel.Tags, _model.Transitions, _model.Start, _model.End, null, best);
                for (int t = 0; t < steps; t++)
                {
                    Assert.Equal(t < lengths[row] ? best[t] : -1, tags[(t * lengths.Length) + row]);
                }
            }
        }
    }

    [Fact]
    public void MistakesAreSentencesAndChangeNothing()
    {
        EmissionPredictor predictor = new(_model, 2);
        EmissionBatch batch = EmissionModel.Data(1, 3, 2);
        Assert.Equal("The outputs have room for 29 numbers; 2 rows of 3 steps of 5 are 30. (Parameter 'outputs')", Assert.Throws<ArgumentException>(() => predictor.Predict(batch, new float[29])).Message);
        Assert.Equal("There is room for 7 tags; 2 rows of 3 steps are 6. (Parameter 'tags')", Assert.Throws<ArgumentException>(() => predictor.Tag(batch, new int[7])).Message);
        EmissionBatch wrong = new() { Rows = 2, Steps = 3, Numbers = new float[17] };
        float[] outputs = Filled(30);
        Assert.Contains("'Numbers' has 17 values", Assert.Throws<ArgumentException>(() => predictor.Predict(wrong, outputs)).Message, StringComparison.Ordinal);
        Assert.All(outputs, value => Assert.Equal(9f, value));
        Assert.Throws<NotSupportedException>(() => new NoTags(_model).Tag(batch, new int[6]));
        Assert.Throws<ArgumentException>(() => new NoTags(_model, "no such kernels"));
    }

    [Fact]
    public void ABodyThatCannotGrowServesShorterSentencesAsBefore()
    {
        EmissionBody body = new(_model, 1 << 20);
        Assert.True(body.Grow(3));
        Assert.Equal(16, body.Window.TimeSteps);
        Assert.False(body.Grow(16));
        int output = body.Output;
        Window window = body.Window;

        // 2^20 rows of 80 steps of 32 columns: beyond what offsets can say.
        Assert.Contains("create the predictor for fewer rows", Assert.Throws<ArgumentException>(() => body.Grow(80)).Message, StringComparison.Ordinal);
        Assert.Equal(output, body.Output);
        Assert.Same(window, body.Window);
        Assert.False(body.Grow(16));
    }

    [Fact]
    public void RowsOfABatchThatDoesNotSayHowManyAreTheModels()
    {
        EmissionPredictor predictor = new(_model, 3);
        EmissionBatch batch = EmissionModel.Data(1, 4, 4);
        float[] expected = new float[40], actual = new float[40];
        predictor.Predict(batch, expected);
        predictor.Predict(new EmissionBatch { Numbers = batch.Numbers }, actual);
        Assert.Equal(expected, actual);
    }

    private static float[] Filled(int count)
    {
        float[] values = new float[count];
        values.AsSpan().Fill(9);
        return values;
    }

    private double Emission(EmissionBatch batch, int t, int row, int tag)
    {
        float[] weight = new float[_model.Weight.Count], bias = new float[EmissionModel.Tags];
        _model.Weight.WriteTo(weight);
        _model.Bias.WriteTo(bias);
        return bias[tag] + Enumerable.Range(0, EmissionModel.Width).Sum(k =>
            (double)weight[(tag * EmissionModel.Width) + k] * batch.Numbers.Span[(((t * batch.Rows) + row) * EmissionModel.Width) + k]);
    }

    private sealed class NoTags(EmissionModel model, string? kernels = null) : SentencePredictor<EmissionBatch>(() => new NoTagsBody(model), kernels)
    {
        public void Tag(EmissionBatch batch, Span<int> tags) => Decode(batch, tags);
    }

    private sealed class NoTagsBody(EmissionModel model) : SentenceBody(model.Parameters, [WindowInput.Series(EmissionModel.Width)], 1, 1, 1, 1)
    {
        public override void Forward(Lane lane, Window w)
        {
        }

        protected override void PlaceBuffers(int steps) => Output = Place(steps, 1);
    }
}
