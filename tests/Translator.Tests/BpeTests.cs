using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using SdCompiler.LanguageModel.Tests;
using SdCompiler.Runtime.Tests.Data;
using SdCompiler.Samples.Translator.Bpe;
using SdCompiler.Samples.Translator.Embedded;
using Xunit;

namespace SdCompiler.Translator.Tests;

public sealed class BpeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void MergesByHand()
    {
        // low x5, lower x2, newest x6, widest x3 (the paper's example). Pairs at first, with w/ for </w>:
        //   e s 9, s t/ 9, w e 8 (lower 2, newest 6), l o 7, o w/ 5, ...: of the two 9s, "s t/" is the greater.
        // Then e+st/ 9; then w+est/ 6 and n+e 6 and e+w 6, l+o 7: "l o" 7; then of the 6s "w est/", the greatest;
        // then of "e west/" and "n e", both 6: "n e"; then "ne west/" 6; then "lo w/" 5;
        // then of the 3s of widest, "w i", "i d" and "d est/": "w i".
        BpeCodes codes = Learn(8, string.Join(' ', Repeat("low", 5).Concat(Repeat("lower", 2)).Concat(Repeat("newest", 6)).Concat(Repeat("widest", 3))));
        Assert.Equal(["#version: 0.2", "s t</w>", "e st</w>", "l o", "w est</w>", "n e", "ne west</w>", "lo w</w>", "w i"], codes.Lines());
    }

    [Fact]
    public void EqualPairsAreTakenFromTheGreatest()
    {
        // All pairs occur once: "y z/" is the greatest, then "x yz/", then of the other word "b c/", then "a bc/".
        Assert.Equal(["y z</w>", "x yz</w>", "b c</w>", "a bc</w>"], Learn(9, "abc xyz", 1).Lines().Skip(1));
    }

    [Fact]
    public void CharactersBeyondTheBasicPlaneAreWholeAndGreatest()
    {
        // U+1D538 is greater than U+FB01, though its first UTF-16 unit, D835, is smaller.
        Assert.Equal(["𝔸 x</w>", "ﬁ x</w>"], Learn(9, "𝔸x ﬁx", 1).Lines().Skip(1));
        Assert.True(PairOrder.CompareSymbols("𝔸", "ﬁ") > 0);
        Assert.True(PairOrder.CompareSymbols("a", "ab") < 0);
        Assert.Equal(0, PairOrder.CompareSymbols("ab", "ab"));
    }

    [Fact]
    public void OverlappingPairsMergeFromTheLeft()
    {
        // x x x y/: "x x" counts 2 and wins over "x y/" 1; merged to xx x y/. Then "xx x" and "x y/" have 1 each: "xx x" is the greater.
        Assert.Equal(["x x", "xx x", "xxx y</w>"], Learn(9, "xxxy", 1).Lines().Skip(1));
        Assert.Equal("xx@@ x@@ y", new BpeEncoder(Codes("x x")).EncodeLine("xxxy"));
    }

    [Fact]
    public void LearningStopsAtRarePairs()
    {
        Assert.Empty(Learn(9, "ab cd", 2).Merges);
        Assert.Equal(["a b</w>"], Learn(9, "ab ab cd", 2).Lines().Skip(1));
    }

    [Fact]
    public void TheOrderOfTheTextDoesNotMatter()
    {
        string[] words = EmbeddedPairs.Draw(1, 200, 1, 1).Train.SelectMany(pair => pair.Target).ToArray();
        Assert.Equal(Learn(200, string.Join(' ', words)).Lines(), Learn(200, string.Join(' ', words.Reverse())).Lines());
    }

    [Fact]
    public void MergesApplyInTheirOrder()
    {
        // lowest: l o w e s t/ -> s+t/ comes first in the list, then e+st/, then l+o; "w est/" was not learned: lo w est.
        BpeEncoder encoder = new(Codes("s t</w>", "e st</w>", "l o", "e w"));
        Assert.Equal("lo@@ w@@ est n@@ ew@@ est a", encoder.EncodeLine("  lowest newest  a "));

        // The end of a word is part of its last symbol: "st" within a word is not the "st" at its end.
        Assert.Equal("s@@ t@@ e@@ p", encoder.EncodeLine("step"));
    }

    [Fact]
    public void TheFirstOfEqualMergesCounts()
    {
        // Both make abc/: undone, it is what the first one made it of, "a" and "bc".
        BpeEncoder encoder = new(Codes("b c</w>", "a bc</w>", "a b", "ab c</w>", "b c</w>"), new HashSet<string>(["a@@", "bc"]));
        Assert.Equal("a@@ bc", encoder.EncodeLine("abc"));
    }

    [Fact]
    public void MergesThatLeaveTheVocabularyAreUndone()
    {
        BpeCodes codes = Codes("l o", "lo w", "e r</w>", "low er</w>");
        Assert.Equal("lower", new BpeEncoder(codes).EncodeLine("lower"));
        Assert.Equal("low@@ er", new BpeEncoder(codes, new HashSet<string>(["low@@", "er"])).EncodeLine("lower"));

        // low@@ is not in it, so low is undone as well; lo@@ is. er without its mark is another token than er@@.
        Assert.Equal("lo@@ w@@ e@@ r", new BpeEncoder(codes, new HashSet<string>(["lo@@", "er@@"])).EncodeLine("lower"));

        // What no merge made stays, known or not; so does a word of one character.
        Assert.Equal("x@@ y z", new BpeEncoder(codes, new HashSet<string>(["lo@@"])).EncodeLine("xy z"));
    }

    [Fact]
    public void EncodedTextIsDecodedAgain()
    {
        EmbeddedPairs pairs = EmbeddedPairs.Draw(5, 300, 50, 1);
        BpeEncoder encoder = new(Learn(150, string.Join(' ', pairs.Train.SelectMany(pair => pair.Target))));
        foreach (string[] sentence in pairs.Dev.Select(pair => pair.Target))
        {
            Assert.Equal(sentence, BpeEncoder.Decode(encoder.Encode(sentence)));
        }

        Assert.Equal(["low", "er"], BpeEncoder.Decode(["lo@@", "w", "er@@"]));
    }

    [Fact]
    public void CodesSurviveTheirFileAndTheProgramUsesThem()
    {
        File.WriteAllText(_folder["a"], "ab ab abc\n");
        File.WriteAllText(_folder["b"], "abc\n");
        ProgramRun learned = ProgramRun.Of("bpe", "learn", _folder["a"], _folder["b"], "--merges", "2", "--output", _folder["codes"]);
        Assert.Equal((0, "", ""), (learned.ExitCode, learned.Output, learned.Error));
        Assert.Equal("#version: 0.2\nb c</w>\na bc</w>\n", File.ReadAllText(_folder["codes"]));
        Assert.Equal([new BpeMerge("b", "c</w>"), new BpeMerge("a", "bc</w>")], BpeCodes.Read(_folder["codes"]).Merges);

        File.WriteAllText(_folder["text"], "abc  xbc\n\nab\n");
        ProgramRun applied = ProgramRun.Of("bpe", "apply", _folder["text"], "--codes", _folder["codes"]);
        Assert.Equal((0, "abc x@@ bc\n\na@@ b\n", ""), (applied.ExitCode, applied.Output, applied.Error));

        File.WriteAllText(_folder["vocabulary"], "abc 4\nbc 9\na@@ 7\n");
        Assert.Equal("a@@ bc x@@ bc\n\na@@ b\n", ProgramRun.Of("bpe", "apply", _folder["text"], "--codes", _folder["codes"], "--vocabulary", _folder["vocabulary"], "--threshold", "5").Output);

        ProgramRun all = ProgramRun.Of("bpe", "learn", _folder["a"]);
        Assert.Equal("#version: 0.2\na b</w>\n", all.Output);
        Assert.Equal("Learned 1 merges, as no other pair occurs 2 times or more." + Environment.NewLine, all.Error);
    }

    [Theory]
    [InlineData("", ": holds no merges; give codes as subword-nmt writes them.")]
    [InlineData("#version: 0.2\n", ": holds no merges; give codes as subword-nmt writes them.")]
    [InlineData("a b\n", ", line 1: is not '#version: 0.2'; codes without it are of version 0.1, which marks the ends of words in another way, so learn them again.")]
    [InlineData("#version: 0.3\na b\n", ", line 1: is '#version: 0.3' and not '#version: 0.2'; learn the codes again in that version.")]
    [InlineData("#version: 0.2\na b\na b c\n", ", line 3: is not two symbols with a space between them; give codes as subword-nmt writes them.")]
    [InlineData("#version: 0.2\n\na b\n", ", line 2: is not two symbols with a space between them; give codes as subword-nmt writes them.")]
    public void WrongCodesAreOneSentence(string text, string message)
    {
        File.WriteAllText(_folder["codes"], text);
        Assert.Equal(_folder["codes"] + message, Assert.Throws<DataFileException>(() => BpeCodes.Read(_folder["codes"])).Message);
    }

    [Fact]
    public void WrongFilesAreOneSentence()
    {
        File.WriteAllText(_folder["codes"], "#version: 0.2\na b\n");
        File.WriteAllText(_folder["empty"], "\n");
        File.WriteAllText(_folder["vocabulary"], "a 1\n");
        AssertFailure(1, $"{_folder["empty"]}: holds no words; give a text with one sentence per line.", "bpe", "learn", _folder["codes"], _folder["empty"]);
        AssertFailure(1, $"{_folder["none"]}: does not exist.", "bpe", "apply", _folder["empty"], "--codes", _folder["none"]);
        AssertFailure(1, $"{_folder["vocabulary"]}: has no subword that occurs 2 times or more; give a lower --threshold.", "bpe", "apply", _folder["empty"], "--codes", _folder["codes"], "--vocabulary", _folder["vocabulary"], "--threshold", "2");
        AssertFailure(2, "--codes is missing; apply needs a FILE.", "bpe", "apply", _folder["empty"]);
        AssertFailure(2, "--threshold is for a vocabulary; leave it out, or add --vocabulary.", "bpe", "apply", _folder["empty"], "--codes", _folder["codes"], "--threshold", "2");
    }

    [Fact]
    public void AnOutputIsCompleteOrWhatItWasBefore()
    {
        File.WriteAllText(_folder["codes"], "#version: 0.2\na b\n");
        File.WriteAllText(_folder["text"], "ab c\n");
        ProgramRun run = ProgramRun.Of("bpe", "apply", _folder["text"], "--codes", _folder["codes"], "--output", _folder["text"]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        string split = File.ReadAllText(_folder["text"]);
        Assert.Equal("a@@ b c\n", split);

        File.WriteAllBytes(_folder["broken"], [.. "ab c\n"u8, 0xFF, (byte)'\n']);
        Assert.Equal(1, ProgramRun.Of("bpe", "apply", _folder["broken"], "--codes", _folder["codes"], "--output", _folder["text"]).ExitCode);
        Assert.Equal(split, File.ReadAllText(_folder["text"]));
        Assert.Equal(1, ProgramRun.Of("bpe", "apply", _folder["text"], "--codes", _folder["codes"], "--output", Path.Combine(_folder["nowhere"], "x")).ExitCode);
        AssertFailure(1, $"{_folder.Path} is a folder; name a file.", "bpe", "apply", _folder["text"], "--codes", _folder["codes"], "--output", _folder.Path);
        Assert.Equal(["broken", "codes", "text"], Directory.GetFiles(_folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task AnOutputThatIsALinkOrAPipeStaysOne()
    {
        File.WriteAllText(_folder["text"], "ab ab\n");
        File.WriteAllText(_folder["target"], "old");
        File.CreateSymbolicLink(_folder["link"], "target");
        Assert.Equal(0, ProgramRun.Of("bpe", "learn", _folder["text"], "--output", _folder["link"]).ExitCode);
        Assert.Equal("#version: 0.2\na b</w>\n", File.ReadAllText(_folder["target"]));
        Assert.Equal("target", new FileInfo(_folder["link"]).LinkTarget);
        if (!OperatingSystem.IsWindows())
        {
            NamedPipe.Make(_folder["pipe"]);
            Task<byte[]> read = NamedPipe.ReadAsync(_folder["pipe"]);
            Assert.Equal(0, ProgramRun.Of("bpe", "learn", _folder["text"], "--output", _folder["pipe"]).ExitCode);
            Assert.Equal("#version: 0.2\na b</w>\n"u8.ToArray(), await read.WaitAsync(TimeSpan.FromSeconds(60)));
        }
    }

    [Theory]
    [InlineData("dance x", "Unrecognized command or argument 'dance'; see --help.")]
    [InlineData("bpe split x", "There is no command 'split'; see --help.")]
    [InlineData("bpe learn t.txt --output ./t.txt", "--output is './t.txt', one of the texts to learn from; give another file for the merges.")]
    [InlineData("bleu h", "Required argument missing for command: 'bleu'; see --help.")]
    [InlineData("bleu h r --smoothing floor", "--smoothing is 'floor'; use exp or none.")]
    [InlineData("bpe", "Required command was not provided; see --help.")]
    [InlineData("bpe learn", "Required argument missing for command: 'learn'; see --help.")]
    [InlineData("bpe learn a --merges 0", "--merges is '0'; use a whole number from 1 on.")]
    [InlineData("bpe learn a --min-frequency x", "--min-frequency is 'x'; use a whole number from 1 on.")]
    [InlineData("bpe apply a b", "Unrecognized command or argument 'b'; see --help.")]
    public void AWrongCommandLineIsOneSentence(string line, string sentence) => AssertFailure(2, sentence, line.Split(' '));

    private static void AssertFailure(int code, string sentence, params string[] args)
    {
        ProgramRun run = ProgramRun.Of(args);
        Assert.Equal((code, sentence + Environment.NewLine), (run.ExitCode, run.Error));
    }

    private static BpeCodes Learn(int count, string text, int minFrequency = 2)
    {
        BpeLearner learner = new();
        learner.AddLine(text);
        return learner.Learn(count, minFrequency);
    }

    private static BpeCodes Codes(params string[] merges) => new([.. merges.Select(merge => new BpeMerge(merge.Split(' ')[0], merge.Split(' ')[1]))]);

    private static IEnumerable<string> Repeat(string word, int count) => Enumerable.Repeat(word, count);
}
