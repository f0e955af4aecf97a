using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading;
using SdCompiler.Runtime;
using SdCompiler.Samples.Benchmarks.Measuring;
using SdCompiler.Samples.Benchmarks.Peers;
using SdCompiler.Samples.Benchmarks.Reports;
using SdCompiler.Samples.LanguageModel.Models;
using Xunit;

namespace SdCompiler.Benchmarks.Tests;

public sealed class GenerationTests
{
    private static readonly string[] Members = ["gflops", "model", "of_peak", "peers", "token_ms", "tokens_per_s", "weights_gb_per_s"];

    [Fact]
    public void EachModelIsMeasuredOnceWithTheThreadsAskedFor()
    {
        (BenchmarkRun run, JsonElement json) = BenchmarkRun.WithJson("generation", "--model", "demo", "--model", "zaremba-small", "--model", "demo", "--threads", "2", "--runs", "2", "--kernels", KernelSet.Best.Name);
        JsonElement header = json.GetProperty("header");
        Assert.Equal(2, header.GetProperty("threads").GetInt32());
        Assert.Equal(2, header.GetProperty("runs").GetInt32());
        Assert.Equal(KernelSet.Best.Name, header.GetProperty("kernels").GetString());
        JsonElement[] results = json.GetProperty("results").EnumerateArray().ToArray();
        Assert.Equal(["demo", "zaremba-small"], results.Select(result => result.GetProperty("model").GetString()));
        foreach (JsonElement result in results)
        {
            Assert.Equal(Members, result.EnumerateObject().Select(member => member.Name).Order());
            // Both are written with five significant digits, so that each is off by at most half a unit of its fifth.
            double tokens = 1e3 / result.GetProperty("token_ms").GetDouble();
            Assert.Equal(tokens, result.GetProperty("tokens_per_s").GetDouble(), 1e-4 * tokens);
            Assert.InRange(result.GetProperty("of_peak").GetDouble(), 0, 1);
            Assert.Equal(0, result.GetProperty("peers").GetArrayLength());
        }

        Assert.Contains("zaremba-small  SdCompiler, 2 threads", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void PeersThatDoNotFitAreNamedInOneSentence()
    {
        string folder = Directory.CreateTempSubdirectory("sdcompiler-peers-").FullName;
        try
        {
            (BenchmarkRun run, JsonElement json) = BenchmarkRun.WithJson("generation", "--model", "demo", "--model", "zaremba-small", "--runs", "1", "--peers", folder);
            string[] sentences =
            [
                "demo: oneDNN is left out, because its program runs two-layer models.",
                "oneDNN is left out: there is no onednn_lm.cpp in the peers' folder.",
            ];
            Assert.Equal(sentences, json.GetProperty("missing_peers").EnumerateArray().Select(sentence => sentence.GetString()));
            Assert.All(sentences, sentence => Assert.Contains(sentence, run.Output, StringComparison.Ordinal));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The ratio is that of each round's best setting, not that of one setting over all rounds.</summary>
    [Fact]
    public void OursIsComparedWithTheBestSettingOfEachRound()
    {
        GenerationRounds rounds = new(ModelCatalog.Find("zaremba-small"), [new ScriptedPeer("one", 8, 2, 8), new ScriptedPeer("two", 4, 16, 2), new ScriptedPeer("failing", 1)]);
        double[] ours = [2, 2, 4];
        foreach (double time in ours)
        {
            rounds.Tokens.Add((time, 100));
            foreach (Peer peer in rounds.Peers.Peers)
            {
                rounds.Peers.Measure(peer, hasTime: true, () => 100, CancellationToken.None);
            }
        }

        GenerationResult result = GenerationResult.Of(rounds);
        Assert.Equal(2, result.TokenMs);
        Assert.Equal(1, result.SpeedupVsOnednn); // the rounds' own: 4/2, 2/2, 2/4
        Assert.Equal([("one", 8, 0.5), ("two", 4, 0.5)], result.Peers.Select(peer => (peer.Peer, peer.TokenMs, peer.SpeedupVsOurs)));
        Assert.Equal(["failing is left out: its script ends."], rounds.Peers.Missing);
    }

    /// <summary>The kernel set of a predictor is what the command says; every set gives the same distribution within rounding.</summary>
    [Fact]
    public void EverySetPredictsTheSame()
    {
        const int Words = 30;
        TokenPredictor predictor = ModelCatalog.Find("demo").Create(Words, 1).CreatePredictor();
        List<float[]> found = [];
        foreach (KernelSet set in KernelSet.Available)
        {
            predictor.Kernels = set;
            Assert.Same(set, predictor.Kernels);
            found.Add(new float[Words]);
            predictor.Next(predictor.CreateState(), [3], found[^1]);
        }

        Assert.All(found, one => Assert.All(one.Zip(found[0]), pair => Assert.Equal(pair.Second, pair.First, 1e-5f)));
    }

    /// <summary>Peers print hundredths of a millisecond and whole tokens per second.</summary>
    [Theory]
    [InlineData(0.17, 6020, 0.16611)]
    [InlineData(20.31, 49, 20.31)]
    public void ATokensTimeIsTheFinerOfWhatAPeerPrints(double stepMs, double tokensPerS, double tokenMs) =>
        Assert.Equal(tokenMs, new PeerRun("oneDNN", stepMs, null, null, null, null, null, tokensPerS, 1).TokenMs, 1e-5);
}
