using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using SdCompiler.Runtime.Tests.Data;
using SdCompiler.Runtime.Tests.Training;
using Xunit;

namespace SdCompiler.Runtime.Tests.Checkpoints;

public sealed class ModelFileTests
{
    [Fact]
    public void AnLstmIsStoredWithPyTorchsNamesLayoutAndGateOrder()
    {
        using var folder = new TemporaryFolder();
        ModelParameters saved = Lstm(inputs: 3, units: 5);
        float[] weight = Count(4 * 5 * 3);
        float[] bias = Count(4 * 5);
        saved["Lower.weight_ih_l0"].ReadFrom(weight);
        saved["Lower.bias_ih_l0"].ReadFrom(bias);
        ModelFile.Save(folder["m"], saved);
        using (SafetensorsFile file = SafetensorsFile.Open(folder["m"]))
        {
            Assert.Equal(
                ["Lower.weight_ih_l0", "Lower.weight_hh_l0", "Lower.bias_ih_l0", "Lower.bias_hh_l0"],
                file.Tensors.Select(tensor => tensor.Name));
            Assert.Equal(weight, file.Read("Lower.weight_ih_l0", 20, 3));
            Assert.Equal(bias, file.Read("Lower.bias_ih_l0", 20));
            Assert.All(file.Read("Lower.bias_hh_l0", 20), value => Assert.Equal(0f, value));
            Assert.Equal("pt", file.Metadata["format"]);
        }

        ModelParameters loaded = Lstm(inputs: 3, units: 5);
        ModelFile.Load(folder["m"], loaded);
        float[] back = new float[weight.Length];
        loaded["Lower.weight_ih_l0"].WriteTo(back);
        Assert.Equal(weight, back);
    }

    [Fact]
    public void SavesOfOneFileAtTheSameTimeDoNotMeet()
    {
        using var folder = new TemporaryFolder();
        ModelParameters model = Lstm(inputs: 30, units: 50);
        Parallel.For(0, 32, new ParallelOptions { MaxDegreeOfParallelism = 8 }, _ => ModelFile.Save(folder["m"], model));
        ModelFile.Load(folder["m"], model);
        Assert.Single(Directory.GetFiles(folder[string.Empty]));
    }

    [Fact]
    public void TheTwoBiasesOfAFileFromElsewhereAreAdded()
    {
        using var folder = new TemporaryFolder();
        TensorSource[] tensors =
        [
            new("Lower.weight_ih_l0", [20, 3], values => values.Fill(1)),
            new("Lower.weight_hh_l0", [20, 5], values => values.Fill(2)),
            new("Lower.bias_ih_l0", [20], values => values.Fill(3)),
            new("Lower.bias_hh_l0", [20], values => values.Fill(4)),
        ];
        SafetensorsFile.WriteReplacing(folder["m"], tensors, new Dictionary<string, string>());
        ModelParameters model = Lstm(inputs: 3, units: 5);
        ModelFile.Load(folder["m"], model);
        float[] bias = new float[20];
        model["Lower.bias_ih_l0"].WriteTo(bias);
        Assert.All(bias, value => Assert.Equal(7f, value));
        using ModelFile file = ModelFile.Open(folder["m"], "Any");
        Assert.Contains("Vocabulary", Assert.Throws<CheckpointException>(() => file.Dimension("Vocabulary")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TiedWeightsHaveBothNamesAndMustAgree()
    {
        using var folder = new TemporaryFolder();
        ModelParameters saved = Tied();
        saved["Out.weight"].ReadFrom(Count(12));
        ModelFile.Save(folder["m"], saved);
        ModelParameters loaded = Tied();
        ModelFile.Load(folder["m"], loaded);
        float[] back = new float[12];
        loaded["Out.weight"].WriteTo(back);
        Assert.Equal(Count(12), back);

        SafetensorsFile.WriteReplacing(folder["only"], [new("Words.weight", [4, 3], values => values.Fill(5))], new Dictionary<string, string>());
        ModelFile.Load(folder["only"], loaded);
        loaded["Out.weight"].WriteTo(back);
        Assert.All(back, value => Assert.Equal(5f, value));

        SafetensorsFile.WriteReplacing(
            folder["two"],
            [new("Words.weight", [4, 3], values => values.Fill(5)), new("Out.weight", [4, 3], values => values.Fill(6))],
            new Dictionary<string, string>());
        Assert.Contains("different values", Assert.Throws<CheckpointException>(() => ModelFile.Load(folder["two"], loaded)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void DimensionsAndSeedAreInTheFileAndOtherModelsAreRefused()
    {
        using var folder = new TemporaryFolder();
        var model = new LeakyModel(vocabulary: 13, seed: -5);
        ModelFile.Save(folder["m"], model.Parameters);
        using (ModelFile file = ModelFile.Open(folder["m"], nameof(LeakyModel)))
        {
            Assert.Equal(13, file.Dimension("Vocabulary"));
            Assert.Equal(-5, file.Seed);
        }

        Assert.Contains("LeakyModel and not a Other", Assert.Throws<CheckpointException>(() => ModelFile.Open(folder["m"], "Other")).Message, StringComparison.Ordinal);
        CheckpointException shape = Assert.Throws<CheckpointException>(() => ModelFile.Load(folder["m"], new LeakyModel().Parameters));
        Assert.Contains("'Words.weight'", shape.Message, StringComparison.Ordinal);
        System.IO.Directory.CreateDirectory(folder["d"]);
        Assert.Equal($"'{folder["d"]}' is a folder; name a file.", Assert.Throws<CheckpointException>(() => ModelFile.Save(folder["d"], model.Parameters)).Message);
        Assert.Contains("There is no file or folder", Assert.Throws<CheckpointException>(() => ModelFile.Open(folder["none"], "X")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2147483647")]
    [InlineData("1")]
    [InlineData("0")]
    [InlineData("-3")]
    [InlineData("many")]
    public void ADimensionThatNoTensorHasIsRefusedBeforeAnythingIsMadeFromIt(string value)
    {
        using var folder = new TemporaryFolder();
        var model = new LeakyModel(vocabulary: 13);
        Dictionary<string, string> metadata = ModelFile.Metadata(model.Parameters);
        metadata["dimension.Vocabulary"] = value;
        SafetensorsFile.WriteReplacing(folder["m"], ModelFile.Tensors(model.Parameters), metadata);
        using ModelFile file = ModelFile.Open(folder["m"], nameof(LeakyModel));
        Assert.Contains("Vocabulary", Assert.Throws<CheckpointException>(() => file.Dimension("Vocabulary")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ATensorThatTheModelLacksIsRefused()
    {
        using var folder = new TemporaryFolder();
        var model = new LeakyModel();
        List<TensorSource> tensors = ModelFile.Tensors(model.Parameters);
        tensors.Add(new TensorSource("Other.weight", [1], values => values.Clear()));
        SafetensorsFile.WriteReplacing(folder["extra"], tensors, new Dictionary<string, string>());
        CheckpointException e = Assert.Throws<CheckpointException>(() => ModelFile.Load(folder["extra"], model.Parameters));
        Assert.Contains("'Other.weight'", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ACheckpointFolderIsAWeightFileToo()
    {
        using var folder = new TemporaryFolder();
        var saved = new LeakyModel(seed: 8);
        using LeakyTrainer trainer = saved.CreateTrainer(new Sgd());
        trainer.Save(folder["c"]);
        var loaded = new LeakyModel(seed: 9);
        ModelFile.Load(folder["c"], loaded.Parameters);
        Assert.Equal(saved.AllWeights(), loaded.AllWeights());
    }

    [Fact]
    public void AStateComesBack()
    {
        using var folder = new TemporaryFolder();
        using LeakyTrainer trainer = new LeakyModel().CreateTrainer(new Sgd());
        LstmState state = trainer.CreateState(2);
        Count(5).CopyTo(state.Hidden(0, 1));
        Count(5).CopyTo(state.Cell(0, 0));
        state.Save(folder["s"]);
        LstmState back = trainer.CreateState(2);
        back.Load(folder["s"]);
        Assert.Equal(Count(5), back.Hidden(0, 1).ToArray());
        Assert.Equal(Count(5), back.Cell(0, 0).ToArray());
        Assert.Throws<CheckpointException>(() => trainer.CreateState(3).Load(folder["s"]));
        LstmState copy = back.Clone();
        back.Reset(1);
        Assert.Equal(new float[5], back.Hidden(0, 1).ToArray());
        Assert.Equal(Count(5), copy.Hidden(0, 1).ToArray());
        back.CopyRowFrom(0, copy, 1);
        Assert.Equal(Count(5), back.Hidden(0, 0).ToArray());
        Assert.Throws<ArgumentException>(() => trainer.CreateState(3).CopyFrom(back));
    }

    private static ModelParameters Lstm(int inputs, int units) => new(
        1,
        new MatrixParameter("Lower.weight_ih_l0", inputs, 4 * units, ColumnOrder.Gates),
        new MatrixParameter("Lower.weight_hh_l0", units, 4 * units, ColumnOrder.Gates),
        new VectorParameter("Lower.bias_ih_l0", 4 * units, ColumnOrder.Gates));

    private static ModelParameters Tied() => new(1, new MatrixParameter("Out.weight", 3, 4, ColumnOrder.Plain))
    {
        Identity = new ModelIdentity("Tied", [], [new TiedName("Words.weight", "Out.weight")]),
    };

    private static float[] Count(int count) => Enumerable.Range(1, count).Select(i => (float)i).ToArray();
}
