using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using SdCompiler.Generator.Tests.Harness;
using Xunit;

namespace SdCompiler.Generator.Tests.Incremental;

/// <summary>The exact reason of every tracked step for each kind of edit.</summary>
public sealed class IncrementalTests
{
    private const string Right = """
        using SdCompiler;
        [StructuredDropoutLstm(BatchSize = 2, TimeSteps = 3)]
        public partial class Model
        {
            [Series(8)] public partial SeriesLayer Sensors { get; }
            [Lstm(4, InputDropout = 0.5)] public partial LstmLayer Memory { get; }
            [Regression(1)] public partial RegressionLayer Forecast { get; }
        }
        """;

    private static readonly string Warned = Right.Replace("InputDropout = 0.5", "InputDropout = 0.01", StringComparison.Ordinal);

    [Fact]
    public void A_first_run_is_new() =>
        AssertReasons(Right, Right, firstRun: true, "Parse New", "HintNames New", "Runtime New", "CudaRuntime New", "Model New", "Compile New");

    [Fact]
    public void A_comment_in_the_models_file_re_reads_and_stops() =>
        AssertReasons(
            Right, "// A comment.\n" + Right, firstRun: false,
            "Parse Modified", "HintNames Cached", "Runtime Unchanged", "CudaRuntime Unchanged", "Model Cached", "Compile Cached");

    [Fact]
    public void A_comment_below_the_model_changes_nothing_at_all() =>
        AssertReasons(
            Right, Right + "\n// A comment.", firstRun: false,
            "Parse Cached", "HintNames Cached", "Runtime Unchanged", "CudaRuntime Unchanged", "Model Cached", "Compile Cached");

    [Fact]
    public void An_unrelated_type_changes_nothing_at_all() =>
        AssertReasons(
            [Right], [Right, "public class Other { }"], firstRun: false,
            "Parse Cached", "HintNames Cached", "Runtime Unchanged", "CudaRuntime Unchanged", "Model Cached", "Compile Cached");

    [Fact]
    public void A_changed_value_re_emits() =>
        AssertReasons(
            Right, Right.Replace("InputDropout = 0.5", "InputDropout = 0.25", StringComparison.Ordinal), firstRun: false,
            "Parse Modified", "HintNames Cached", "Runtime Unchanged", "CudaRuntime Unchanged", "Model Modified", "Compile Modified");

    [Fact]
    public void A_value_written_differently_re_emits_nothing() =>
        AssertReasons(
            Right, Right.Replace("InputDropout = 0.5", "InputDropout = 1.0 / 2", StringComparison.Ordinal), firstRun: false,
            "Parse Cached", "HintNames Cached", "Runtime Unchanged", "CudaRuntime Unchanged", "Model Cached", "Compile Cached");

    [Fact]
    public void A_moved_message_is_shown_again_and_re_emits_nothing()
    {
        AssertReasons(
            Warned, "\n\n" + Warned, firstRun: false,
            "Parse Modified", "HintNames Cached", "Runtime Unchanged", "CudaRuntime Unchanged", "Model Cached", "Compile Cached", "Diagnostics Modified");
        IncrementalRun run = new(Warned);
        int before = run.Diagnostics.Single().Location.GetLineSpan().StartLinePosition.Line;
        run.Edit("\n\n" + Warned);
        Assert.Equal(before + 2, run.Diagnostics.Single().Location.GetLineSpan().StartLinePosition.Line);
    }

    [Fact]
    public void Layers_outside_a_model_re_emit_when_they_change_and_not_when_they_move()
    {
        string stray = Right.Replace("[StructuredDropoutLstm(BatchSize = 2, TimeSteps = 3)]", "", StringComparison.Ordinal);
        IncrementalRun run = new(stray, "public class Other { }");
        run.Edit(stray, "public class Other2 { }");
        Assert.Equal(["Cached 1"], Counts(run, TrackingNames.StrayLayers));
        run.Edit("\n\n" + stray);
        Assert.Equal(["Modified 1"], Counts(run, TrackingNames.StrayLayers));
        Assert.All(run.OutputReasons, reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
        Assert.Equal(6, run.Diagnostics.Single().Location.GetLineSpan().StartLinePosition.Line);
        run.Edit(stray.Replace("Memory", "Memory2", StringComparison.Ordinal));
        Assert.Equal([IncrementalStepRunReason.Modified], run.OutputReasons);
    }

    [Fact]
    public void One_model_more_leaves_fifty_others_alone()
    {
        string[] fifty = [.. Enumerable.Range(0, 50).Select(index => Right.Replace("class Model", $"class Model{index}", StringComparison.Ordinal))];
        IncrementalRun run = new(fifty);
        run.Edit([.. fifty, Right]);
        Assert.Equal(["Cached 50", "New 1"], Counts(run, TrackingNames.Parse));
        Assert.Equal(["Unchanged 1"], Counts(run, TrackingNames.HintNames));
        Assert.Equal(["Cached 50", "New 1"], Counts(run, TrackingNames.Model));
        Assert.Equal(["Cached 50", "New 1"], Counts(run, TrackingNames.Compile));
        Assert.Equal(["Cached 50", "New 1"], run.OutputReasons.GroupBy(reason => reason).Select(group => $"{group.Key} {group.Count()}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_name_that_differs_only_in_case_renames_one_file_only()
    {
        string other = Right.Replace("class Model", "class MODEL", StringComparison.Ordinal);
        string third = Right.Replace("class Model", "class Third", StringComparison.Ordinal);
        IncrementalRun run = new(Right, third);
        run.Edit(Right, third, other);
        Assert.Equal(["Modified 1"], Counts(run, TrackingNames.HintNames));
        Assert.Equal(["Modified 1", "New 1", "Unchanged 1"], Counts(run, TrackingNames.Model));
        Assert.Equal(["Cached 1", "Modified 1", "New 1"], Counts(run, TrackingNames.Compile));
    }

    private static IEnumerable<string> Counts(IncrementalRun run, string step) =>
        run.Reasons(step).GroupBy(reason => reason).Select(group => $"{group.Key} {group.Count()}").Order(StringComparer.Ordinal);

    private static void AssertReasons(string before, string after, bool firstRun, params string[] expected) => AssertReasons([before], [after], firstRun, expected);

    private static void AssertReasons(string[] before, string[] after, bool firstRun, params string[] expected)
    {
        IncrementalRun run = new(before);
        if (!firstRun)
        {
            run.Edit(after);
        }

        string[] steps = [TrackingNames.Parse, TrackingNames.HintNames, TrackingNames.Runtime, TrackingNames.CudaRuntime, TrackingNames.Model, TrackingNames.Compile, TrackingNames.Diagnostics];
        Assert.Equal(expected, steps.SelectMany(step => run.Reasons(step).Select(reason => $"{step} {reason}")));
        if (!firstRun && !expected.Contains("Compile Modified"))
        {
            Assert.All(run.OutputReasons, reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
        }
    }
}
