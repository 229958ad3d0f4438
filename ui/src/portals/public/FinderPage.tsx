import { Button, Group, Text, Title } from "@mantine/core";

import { handToReport } from "../../api/finder";
import { Loading } from "../../app/Loading";
import { PageTitle } from "../../parts/PageTitle";
import { Refused } from "../../parts/Refused";
import { t, tn } from "../../text";
import { AnswerList } from "./AnswerList";
import { Bills } from "./Bills";
import classes from "./Finder.module.css";
import { LawCard } from "./LawCard";
import { QuestionCard } from "./QuestionCard";
import { useFinder } from "./useFinder";

/** "Which laws apply to us?": few questions, the one that decides most first; nothing leaves this tab but the question. */
export function FinderPage() {
  const { telling, found, changes, tell, whatIf, simulate, restart } = useFinder();
  const answer = found.data;
  const told = telling.told;

  function report() {
    handToReport(told);
    window.location.assign(`/login?next=${encodeURIComponent("/report/new?from=duties")}`);
  }

  return (
    <>
      <PageTitle mb="xs">{t("finder.title")}</PageTitle>
      <Text mb="lg" maw={720}>
        {t("finder.intro")}
      </Text>
      {found.error && <Refused error={found.error} />}
      {!answer && found.isPending && <Loading />}
      {answer && (
        <div className={classes.page}>
          <div>
            {answer.question ? (
              <QuestionCard key={`${answer.question.field.field}-${told.length}`} question={answer.question} onTell={tell} />
            ) : (
              <div className={`sheet ${classes.question}`} role="status">
                <Title order={2} size="h3">
                  {t("finder.done")}
                </Title>
                <p>{answer.open > 0 ? tn("finder.leftOpen", answer.open) : t("finder.allDecided")}</p>
              </div>
            )}
            <AnswerList told={told} assumed={answer.assumed} whatIf={whatIf} onTell={tell} />
            {told.length > 0 && (
              <Group className="no-print" mt="md">
                <Button onClick={report}>{t("finder.report")}</Button>
                <Button variant="default" onClick={() => window.print()}>
                  {t("finder.print")}
                </Button>
                <Button variant="subtle" onClick={restart}>
                  {t("finder.restart")}
                </Button>
              </Group>
            )}
          </div>
          <section aria-labelledby="laws" className={`sheet ${classes.laws}`} aria-busy={found.isFetching}>
            <Title order={2} size="h3" id="laws">
              {t("finder.laws")}
            </Title>
            {answer.laws.length === 0 ? (
              <p>{t("finder.noLaws")}</p>
            ) : (
              <p role="status" className={classes.quiet}>
                {t("finder.progress", { decided: answer.decided, all: answer.decided + answer.open })}
              </p>
            )}
            {answer.laws.map((law) => (
              <LawCard key={law.pack} law={law} changes={changes} />
            ))}
            <Bills bills={answer.bills} chosen={telling.simulate} onSimulate={simulate} />
          </section>
        </div>
      )}
    </>
  );
}
