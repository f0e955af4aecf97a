using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using SdCompiler.Runtime.Tests.Data;
using SdCompiler.Runtime.Tests.Training;
using Xunit;

namespace SdCompiler.Runtime.Tests.Checkpoints;

public sealed class CheckpointTests
{
    [Theory]
    [InlineData("sgd")]
    [InlineData("momentum")]
    [InlineData("adam")]
    [InlineData("adamw")]
    public void ResumingGivesTheBitsOfNeverStopping(string optimizer)
    {
        using var folder = new TemporaryFolder();
        var whole = new LeakyModel();
        using LeakyTrainer uninterrupted = whole.CreateTrainer(StepTests.Make(optimizer));
        Train(uninterrupted, whole, 0, 10);

        var first = new LeakyModel();
        using LeakyTrainer before = first.CreateTrainer(StepTests.Make(optimizer));
        Train(before, first, 0, 6);
        before.Optimizer.LearningRate *= 0.5;
        before.Save(folder["c"]);

        // Another seed: weights, masks and all come from the checkpoint.
        var second = new LeakyModel(seed: 99);
        using LeakyTrainer after = second.CreateTrainer(StepTests.Make(optimizer));
        after.Load(folder["c"]);
        Assert.Equal(before.Optimizer.LearningRate, after.Optimizer.LearningRate);
        after.Optimizer.LearningRate *= 2;
        Assert.Equal(6, after.StepCount);
        Train(after, second, 6, 10);

        Assert.Equal(whole.AllWeights(), second.AllWeights());
        Assert.Equal(uninterrupted.State.Hidden(0, 2).ToArray(), after.State.Hidden(0, 2).ToArray());
        Assert.Equal(uninterrupted.State.Cell(0, 1).ToArray(), after.State.Cell(0, 1).ToArray());
        Assert.Equal(1, after.Parameters.Seed);
    }

    [Fact]
    public void TheLastOnesAndTheBestOneStay()
    {
        using var folder = new TemporaryFolder();
        var model = new LeakyModel();
        using LeakyTrainer trainer = model.CreateTrainer(new Sgd());
        var writer = new CheckpointWriter(folder["c"], keepLast: 2);
        for (int i = 0; i < 6; i++)
        {
            Train(trainer, model, i, i + 1);
            writer.Save(trainer, isBest: i == 1);
        }

        Assert.Equal(
            [".lock", "000002-step-2", "000005-step-5", "000006-step-6", "best", "current"],
            Directory.GetFileSystemEntries(folder["c"]).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(6, CheckpointReader.Open(folder["c"]).StepCount);
        Assert.Equal(2, CheckpointReader.Open(folder["c"], CheckpointChoice.Best).StepCount);
        Assert.Equal(5, CheckpointReader.Open(Path.Combine(folder["c"], "000005-step-5")).StepCount);

        File.Delete(Path.Combine(folder["c"], "current"));
        Assert.Equal(6, CheckpointReader.Open(folder["c"]).StepCount);
        File.WriteAllText(Path.Combine(folder["c"], "current"), "../../elsewhere");
        Assert.Equal(6, CheckpointReader.Open(folder["c"]).StepCount);
        Directory.Delete(Path.Combine(folder["c"], "000006-step-6"), recursive: true);
        Assert.Equal(5, CheckpointReader.Open(folder["c"]).StepCount);
    }

    [Fact]
    public void TheApplicationsTextsAndPropertiesComeBack()
    {
        using var folder = new TemporaryFolder();
        using LeakyTrainer trainer = new LeakyModel().CreateTrainer(new Sgd());
        var content = new CheckpointContent { Position = new TrainingPosition { Epoch = 3, Batch = 7, EpochLoss = 0.1, EpochTargets = 12, SinceBest = 2 } };
        content.Texts["vocabulary.txt"] = "däß\n語\n";
        content.Properties["schedule"] = "zaremba \"4\" 0.5";
        trainer.Save(folder["c"], content);
        CheckpointReader reader = CheckpointReader.Open(folder["c"]);
        Assert.Equal(content.Position, reader.Position);
        Assert.Equal("däß\n語\n", reader.ReadText("vocabulary.txt"));
        Assert.Equal("zaremba \"4\" 0.5", reader.Properties["schedule"]);
        Assert.Equal(11, reader.Dimensions["Vocabulary"]);
        Assert.Equal(nameof(LeakyModel), reader.ModelName);
        Assert.Equal(trainer.Parameters.ShapeHash, reader.ShapeHash);
        Assert.False(reader.HasText("other.txt"));
        content.Texts["../x"] = string.Empty;
        Assert.Throws<ArgumentException>(() => trainer.Save(folder["c"], content));
    }

    [Fact]
    public void EveryByteOfEveryFileIsGuarded()
    {
        using var folder = new TemporaryFolder();
        var model = new LeakyModel();
        using LeakyTrainer trainer = model.CreateTrainer(new Adam());
        trainer.Save(folder["c"]);
        string version = CheckpointReader.Open(folder["c"]).VersionFolder;
        float[] weights = model.AllWeights();
        foreach (string file in Directory.GetFiles(version))
        {
            byte[] bytes = File.ReadAllBytes(file);
            foreach (byte[] damaged in Damage(bytes))
            {
                File.WriteAllBytes(file, damaged);
                CheckpointException e = Assert.Throws<CheckpointException>(() => trainer.Load(folder["c"]));
                Assert.Contains(Path.GetFileName(file) == "manifest.json" ? "'" : Path.GetFileName(file), e.Message, StringComparison.Ordinal);
                OneSentence(e);
            }

            File.Delete(file);
            OneSentence(Assert.Throws<CheckpointException>(() => trainer.Load(folder["c"])));
            File.WriteAllBytes(file, bytes);
            trainer.Load(folder["c"]);
        }

        Assert.Equal(weights, model.AllWeights());

        static IEnumerable<byte[]> Damage(byte[] bytes)
        {
            yield return [];
            yield return bytes[..(bytes.Length / 2)];
            byte[] flipped = (byte[])bytes.Clone();
            flipped[bytes.Length / 2] ^= 0x80;
            yield return flipped;
        }
    }

    [Fact]
    public void AForeignCheckpointChangesNothingAndSaysWhatDiffers()
    {
        using var folder = new TemporaryFolder();
        using LeakyTrainer saved = new LeakyModel(vocabulary: 12).CreateTrainer(new Adam());
        saved.Save(folder["c"]);
        var model = new LeakyModel();
        float[] before = model.AllWeights();
        Fails(model.CreateTrainer(new Adam()), "'Words.weight'", "[12, 5]", "[11, 5]");
        Fails(new LeakyModel(vocabulary: 12).CreateTrainer(new Sgd()), "adam", "sgd");
        Fails(new LeakyModel(vocabulary: 12).CreateTrainer(new Adam { Beta1 = 0.8 }), "beta1", "0.9", "0.8");
        Fails(new LeakyModel(vocabulary: 12, name: "Other").CreateTrainer(new Adam()), "LeakyModel", "Other");
        Assert.Equal(before, model.AllWeights());

        void Fails(LeakyTrainer trainer, params string[] parts)
        {
            CheckpointException e = Assert.Throws<CheckpointException>(() => trainer.Load(folder["c"]));
            Assert.All(parts, part => Assert.Contains(part, e.Message, StringComparison.Ordinal));
            OneSentence(e);
            trainer.Dispose();
        }
    }

    [Fact]
    public void OtherDropoutOrParameterGroupsAreRefused()
    {
        using var folder = new TemporaryFolder();
        using LeakyTrainer saved = new LeakyModel().CreateTrainer(new Sgd { Groups = [ParameterGroup.Layer("Words", 0.1), ParameterGroup.Biases()] }, variant: "Structured");
        saved.Save(folder["c"]);
        Optimizer same = new Sgd { Groups = [ParameterGroup.Biases(), new ParameterGroup("embedding", name => name == "Words.weight") { RateMultiplier = 0.1 }] };
        Fails(new Sgd(), 0.4, "Structured", "parameter groups in which Out.bias.weight_decay is 0", "it is not set", "the same optimizer");
        Fails(new Sgd { Groups = [ParameterGroup.Layer("Words", 0.2), ParameterGroup.Biases()] }, 0.4, "Structured", "Words.weight.rate_multiplier is 0.1", "it is 0.2");
        Fails(same, 0.4, "Random", "trained as the variant Structured", "this trainer is a Random", "create a trainer of the variant Structured");
        Fails(same, 0.2, "Structured", "dropout at Out.Input 'Structured, keeps 3 of 5'", "'Structured, keeps 4 of 5'");
        Fails(same, 0, "Structured", "dropout at Out.Input 'Structured, keeps 3 of 5'", "'not set'");
        using LeakyTrainer equal = new LeakyModel().CreateTrainer(same, variant: "Structured");
        equal.Load(folder["c"]);

        void Fails(Optimizer optimizer, double drop, string variant, params string[] parts)
        {
            var model = new LeakyModel(seed: 5);
            float[] before = model.AllWeights();
            using LeakyTrainer trainer = model.CreateTrainer(optimizer, drop: drop, variant: variant);
            CheckpointException e = Assert.Throws<CheckpointException>(() => trainer.Load(folder["c"]));
            Assert.All(parts, part => Assert.Contains(part, e.Message, StringComparison.Ordinal));
            OneSentence(e);
            Assert.Equal(before, model.AllWeights());
        }
    }

    [Fact]
    public void ACheckpointThatDoesNotSayDropoutAndGroupsLoadsAsBefore()
    {
        using var folder = new TemporaryFolder();
        using LeakyTrainer saved = new LeakyModel().CreateTrainer(new Adam(), variant: "Structured");
        saved.Save(folder["c"]);
        string version = CheckpointReader.Open(folder["c"]).VersionFolder;
        string training = Path.Combine(version, "training.json");
        string manifest = Path.Combine(version, "manifest.json");
        byte[] old = File.ReadAllBytes(training);
        JsonObject record = JsonNode.Parse(old)!.AsObject();
        Assert.All(["variant", "dropout", "parameter_groups"], entry => Assert.True(record.Remove(entry), entry));
        byte[] changed = Encoding.UTF8.GetBytes(record.ToJsonString());
        File.WriteAllBytes(training, changed);
        JsonNode files = JsonNode.Parse(File.ReadAllText(manifest))!;
        files["files"]!["training.json"] = new JsonObject { ["bytes"] = changed.Length, ["sha256"] = Convert.ToHexStringLower(SHA256.HashData(changed)) };
        File.WriteAllText(manifest, files.ToJsonString());
        using LeakyTrainer trainer = new LeakyModel(seed: 5).CreateTrainer(new Adam { Groups = [ParameterGroup.Biases()] }, drop: 0, variant: "Dense");
        trainer.Load(folder["c"]);
        Assert.Equal(1, trainer.Parameters.Seed);
    }

    [Fact]
    public void MissingFoldersAndFilesAreSentences()
    {
        using var folder = new TemporaryFolder();
        string file = folder.Write("file", "x");
        Directory.CreateDirectory(folder["empty"]);
        Assert.Contains("There is no checkpoint folder", OneSentence(Assert.Throws<CheckpointException>(() => CheckpointReader.Open(folder["none"]))), StringComparison.Ordinal);
        Assert.Contains("is a file", OneSentence(Assert.Throws<CheckpointException>(() => CheckpointReader.Open(file))), StringComparison.Ordinal);
        Assert.Contains("holds no checkpoint", OneSentence(Assert.Throws<CheckpointException>(() => CheckpointReader.Open(folder["empty"]))), StringComparison.Ordinal);
        Assert.Contains("no best checkpoint", OneSentence(Assert.Throws<CheckpointException>(() => CheckpointReader.Open(folder["empty"], CheckpointChoice.Best))), StringComparison.Ordinal);
        Assert.False(CheckpointReader.Exists(folder["none"]));
        Assert.False(CheckpointReader.Exists(folder["empty"]));
        using LeakyTrainer trainer = new LeakyModel().CreateTrainer(new Sgd());
        Assert.Equal($"'{file}' is a file; name a folder.", Assert.Throws<CheckpointException>(() => trainer.Save(file)).Message);
        Assert.Contains("cannot be written", OneSentence(Assert.Throws<CheckpointException>(() => trainer.Save(Path.Combine(file, "c")))), StringComparison.Ordinal);
    }

    [Fact]
    public void AFullDiskAtAnyFileLeavesThePreviousCheckpointAndNoRubbish()
    {
        using var folder = new TemporaryFolder();
        var model = new LeakyModel();
        using LeakyTrainer trainer = model.CreateTrainer(new Adam());
        trainer.Save(folder["c"]);
        int failures = 0;
        for (int failing = 0; ; failing++)
        {
            Train(trainer, model, failing, failing + 1);
            int opened = 0;
            var writer = new CheckpointWriter(folder["c"])
            {
                OpenFile = path => opened++ == failing ? FullDisk(path) : new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 0),
            };
            try
            {
                writer.Save(trainer);
                break;
            }
            catch (CheckpointException e)
            {
                failures++;
                Assert.Contains("undamaged", OneSentence(e), StringComparison.Ordinal);
            }

            CheckpointReader.Open(folder["c"]);
            Assert.DoesNotContain(Directory.GetFileSystemEntries(folder["c"]), path => Path.GetFileName(path).StartsWith(".writing-0", StringComparison.Ordinal));
        }

        // Four files of the trainer, the manifest, the pointer.
        Assert.Equal(6, failures);
        Assert.Equal(trainer.StepCount, CheckpointReader.Open(folder["c"]).StepCount);

        // /dev/full is a disk that is always full; elsewhere a read-only stream fails in the same place.
        static FileStream FullDisk(string path) => File.Exists("/dev/full")
            ? new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, 0)
            : throw new IOException("There is not enough space on the disk.");
    }

    [Fact]
    public void TwoWritersAtOnceAreRefused()
    {
        using var folder = new TemporaryFolder();
        using LeakyTrainer trainer = new LeakyModel().CreateTrainer(new Sgd());
        trainer.Save(folder["c"]);
        using FileStream other = new(Path.Combine(folder["c"], ".lock"), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        Assert.Contains("Another process", OneSentence(Assert.Throws<CheckpointException>(() => trainer.Save(folder["c"]))), StringComparison.Ordinal);
        CheckpointReader.Open(folder["c"]);
    }

    [Fact]
    public void OneVersionOfACheckpointIsNotWrittenTo()
    {
        using var folder = new TemporaryFolder();
        using LeakyTrainer trainer = new LeakyModel().CreateTrainer(new Sgd());
        trainer.Save(folder["c"]);
        string version = CheckpointReader.Open(folder["c"]).VersionFolder;
        string[] before = Directory.GetFileSystemEntries(version);
        Assert.Contains("is one version of a checkpoint", OneSentence(Assert.Throws<CheckpointException>(() => trainer.Save(version))), StringComparison.Ordinal);
        Assert.Contains("is one version of a checkpoint", OneSentence(Assert.Throws<CheckpointException>(() => new CheckpointWriter(version).Hold())), StringComparison.Ordinal);
        Assert.Equal(before, Directory.GetFileSystemEntries(version));
    }

    [Fact]
    public void TheBestCheckpointIsTheOneThatIsNamed()
    {
        using var folder = new TemporaryFolder();
        using LeakyTrainer trainer = new LeakyModel().CreateTrainer(new Sgd());
        var writer = new CheckpointWriter(folder["c"], keepLast: 2);
        writer.Save(trainer);
        Assert.False(CheckpointReader.HasBest(folder["c"]));
        Assert.False(CheckpointReader.HasBest(folder["none"]));
        Assert.EndsWith($"or use the latest one ('{CheckpointReader.Open(folder["c"]).VersionFolder}').", OneSentence(Assert.Throws<CheckpointException>(() => CheckpointReader.Open(folder["c"], CheckpointChoice.Best))), StringComparison.Ordinal);
        writer.Save(trainer, isBest: true);
        writer.Save(trainer);
        Assert.True(CheckpointReader.HasBest(folder["c"]));
        Directory.Delete(CheckpointReader.Open(folder["c"], CheckpointChoice.Best).VersionFolder, recursive: true);
        Gone();
        File.WriteAllText(Path.Combine(folder["c"], "best"), "../../elsewhere");
        Gone();

        void Gone() => Assert.StartsWith(
            $"The best checkpoint of '{folder["c"]}' is gone",
            OneSentence(Assert.Throws<CheckpointException>(() => CheckpointReader.Open(folder["c"], CheckpointChoice.Best))),
            StringComparison.Ordinal);
    }

    [Fact]
    public void AManifestThatLeadsElsewhereIsRefused()
    {
        using var folder = new TemporaryFolder();
        using LeakyTrainer trainer = new LeakyModel().CreateTrainer(new Sgd());
        trainer.Save(folder["c"]);
        string manifest = Path.Combine(CheckpointReader.Open(folder["c"]).VersionFolder, "manifest.json");
        string text = File.ReadAllText(manifest);
        foreach (string changed in new[]
        {
            text.Replace("weights.safetensors", "../../secret", StringComparison.Ordinal),
            text.Replace("sdcompiler-checkpoint", "other", StringComparison.Ordinal),
            text.Replace("\"version\": 1", "\"version\": 2", StringComparison.Ordinal),
            "[]",
            "{\"format\":\"sdcompiler-checkpoint\"}",
            "null",
        })
        {
            File.WriteAllText(manifest, changed);
            OneSentence(Assert.Throws<CheckpointException>(() => CheckpointReader.Open(folder["c"])));
        }

        File.WriteAllBytes(manifest, [.. Encoding.UTF8.GetBytes("{\"format\":\""), 0xff, 0xfe, .. Encoding.UTF8.GetBytes("\"}")]);
        OneSentence(Assert.Throws<CheckpointException>(() => CheckpointReader.Open(folder["c"])));
    }

    internal static string OneSentence(CheckpointException e)
    {
        Assert.DoesNotContain('\n', e.Message);
        Assert.EndsWith(".", e.Message, StringComparison.Ordinal);
        return e.Message;
    }

    private static void Train(LeakyTrainer trainer, LeakyModel model, int from, int to)
    {
        for (int step = from; step < to; step++)
        {
            (int[] inputs, int[] targets) = model.Data(LeakyModel.T, LeakyModel.B, step);
            trainer.Step(inputs, targets);
        }
    }
}
