using System;
using System.Linq;
using Xunit;

namespace SdCompiler.Runtime.Tests;

/// <summary>The rules of tagging schemes, made from names.</summary>
public sealed class CrfSchemeTests
{
    [Fact]
    public void Bio2()
    {
        CrfConstraints rules = CrfConstraints.Bio2(["O", "B-P", "I-P", "I-L", "B-L"]);
        // Rows: the tag before; columns: O, B-P, I-P, I-L, B-L.
        Assert.Equal(["++--+", "+++-+", "+++-+", "++-++", "++-++"], Rows(rules));
        Assert.Equal("++--+", Text(rules, rules.AllowsStart));
        Assert.Equal("+++++", Text(rules, rules.AllowsEnd));
    }

    [Fact]
    public void Bioes()
    {
        CrfConstraints rules = CrfConstraints.Bioes(["O", "B-P", "I-P", "E-P", "S-P", "E-L-1", "B-L-1"]);
        // Columns: O, B-P, I-P, E-P, S-P, E-L-1, B-L-1.
        Assert.Equal(["++--+-+", "--++---", "--++---", "++--+-+", "++--+-+", "++--+-+", "-----+-"], Rows(rules));
        Assert.Equal("++--+-+", Text(rules, rules.AllowsStart));
        Assert.Equal("+--+++-", Text(rules, rules.AllowsEnd));
    }

    [Theory]
    [InlineData("E-P", "Tag 1 is called 'E-P'; names of this scheme are O, and B or I with a type, such as B-PER.")]
    [InlineData("B-", "Tag 1 is called 'B-'; names of this scheme are O, and B or I with a type, such as B-PER.")]
    [InlineData("B_P", "Tag 1 is called 'B_P'; names of this scheme are O, and B or I with a type, such as B-PER.")]
    [InlineData("", "Tag 1 is called ''; names of this scheme are O, and B or I with a type, such as B-PER.")]
    [InlineData("O", "Two tags are called 'O'; give each tag its own name.")]
    public void Names_of_no_scheme(string name, string message) =>
        Assert.StartsWith(message, Assert.Throws<ArgumentException>(() => CrfConstraints.Bio2(["O", name])).Message, StringComparison.Ordinal);

    [Fact]
    public void Names_of_the_longer_scheme() => Assert.StartsWith(
        "Tag 0 is called 'L-P'; names of this scheme are O, and B, I, E or S with a type, such as B-PER.",
        Assert.Throws<ArgumentException>(() => CrfConstraints.Bioes(["L-P"])).Message, StringComparison.Ordinal);

    [Fact]
    public void No_tag_that_begins_a_sentence() => Assert.Throws<ArgumentException>(() => CrfConstraints.Bio2(["I-P"]));

    private static string[] Rows(CrfConstraints rules) => Enumerable.Range(0, rules.Tags).Select(from => Text(rules, to => rules.Allows(from, to))).ToArray();

    private static string Text(CrfConstraints rules, Func<int, bool> allows) => string.Concat(Enumerable.Range(0, rules.Tags).Select(tag => allows(tag) ? '+' : '-'));
}
